package dev.faultline.cli;

import dev.faultline.harness.Environment;
import dev.faultline.harness.Warden;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline doctor}: what works on this machine, what does not, and what mends it. */
@Command(
    name = "doctor",
    description = "Say what works on this machine, what does not, and the command that mends it.%n",
    footer = "%nExits with 0 when some environment can be used, else with 3.")
final class DoctorCommand implements Callable<Integer> {
  private static final int OLDEST_JAVA = 21;
  private static final long LEAST_DISK_BYTES = 1L << 30;

  private final Root root;

  @Option(names = "--clean", description = "Remove what earlier runs left behind.")
  private boolean clean;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DoctorCommand(Root root) {
    this.root = root;
  }

  /** One line of the answer. */
  private record Line(String area, Environment.Health health) {}

  @Override
  public Integer call() {
    List<String> removed = clean ? removeLeftovers() : List.of();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("java", java()));
    lines.add(new Line("disk", disk()));
    List<Environment> environments = Catalog.environments();
    for (Environment environment : environments) {
      environment.health().forEach(h -> lines.add(new Line(environment.id(), h)));
    }
    lines.add(new Line("leftovers", leftovers()));
    boolean usable = environments.stream().anyMatch(e -> e.unavailable() == null);
    if (json) {
      root.terminal().out().print(Json.pretty(json(lines, removed, usable)));
    } else {
      text(lines, removed);
    }
    return usable ? 0 : Main.TROUBLE;
  }

  private void text(List<Line> lines, List<String> removed) {
    removed.forEach(what -> root.terminal().out().println("removed  " + what));
    Table table = new Table(root.terminal().outWidth(), "", "FOR", "PART", "WHAT");
    for (Line line : lines) {
      Environment.Health h = line.health();
      table.row(h.works() ? "ok" : "NO", line.area(), h.part(), h.detail());
      if (!h.remedy().isEmpty()) {
        table.row("", "", "", "→ " + h.remedy());
      }
    }
    root.terminal().out().print(table.text());
  }

  private static Map<String, @Nullable Object> json(
      List<Line> lines, List<String> removed, boolean usable) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("usable", usable);
    List<Map<String, @Nullable Object>> parts = new ArrayList<>();
    for (Line line : lines) {
      Map<String, @Nullable Object> part = new LinkedHashMap<>();
      part.put("for", line.area());
      part.put("part", line.health().part());
      part.put("works", line.health().works());
      part.put("detail", line.health().detail());
      part.put("remedy", line.health().remedy().isEmpty() ? null : line.health().remedy());
      parts.add(part);
    }
    map.put("parts", parts);
    map.put("removed", removed);
    return map;
  }

  private static Environment.Health java() {
    int feature = Runtime.version().feature();
    String home = System.getProperty("java.home", "");
    boolean compiler = Files.isExecutable(Path.of(home, "bin", "javac"));
    String detail = Runtime.version() + " in " + home + (compiler ? "" : " (no compiler)");
    boolean works = feature >= OLDEST_JAVA && compiler;
    return new Environment.Health(
        "JDK", works, detail, works ? "" : "install a JDK 21 or newer and set JAVA_HOME to it");
  }

  private static Environment.Health disk() {
    Path here = Path.of("").toAbsolutePath();
    try {
      long free = Files.getFileStore(here).getUsableSpace();
      boolean works = free >= LEAST_DISK_BYTES;
      return new Environment.Health(
          "free space",
          works,
          "%.1f GB free at %s".formatted(free / 1e9, here),
          works ? "" : "remove runs under runs/ that nobody needs");
    } catch (IOException e) {
      return new Environment.Health("free space", false, here + ": " + e.getMessage(), "");
    }
  }

  private static Environment.Health leftovers() {
    List<String> found = new ArrayList<>();
    for (Warden.Leftovers kind : Catalog.leftovers()) {
      found.addAll(kind.find());
    }
    return new Environment.Health(
        "of earlier runs",
        found.isEmpty(),
        found.isEmpty() ? "none" : String.join("; ", found),
        found.isEmpty() ? "" : "faultline doctor --clean");
  }

  private static List<String> removeLeftovers() {
    List<String> removed = new ArrayList<>();
    for (Warden.Leftovers kind : Catalog.leftovers()) {
      removed.addAll(kind.remove(""));
    }
    return removed;
  }
}
