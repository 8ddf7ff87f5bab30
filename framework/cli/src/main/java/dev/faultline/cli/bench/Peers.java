package dev.faultline.cli.bench;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other checkers, in a folder that {@code scripts/peers/install} filled. */
final class Peers {
  private final @Nullable Path folder;
  private final long capSeconds;

  Peers(@Nullable Path folder, long capSeconds) {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new EnvironmentException(
          "--peers " + folder + ": no such directory; fill one with scripts/peers/install");
    }
    this.folder = folder;
    this.capSeconds = capSeconds;
  }

  /**
   * What a peer did with one history.
   *
   * @param verdict {@code ok}, {@code illegal}, or what it ran out of: {@code time}, {@code memory}
   * @param nanos median of its checks
   * @param bytes its process at its most
   */
  record Figure(String verdict, long nanos, long bytes) {
    boolean decided() {
      return verdict.equals("ok") || verdict.equals("illegal");
    }

    double seconds() {
      return nanos / 1e9;
    }
  }

  /** Which are there and which are not, in a line. */
  String found() {
    List<String> names = new ArrayList<>();
    for (String name : List.of("porcupine", "polylin")) {
      names.add(name + (has(name) ? "" : " not found"));
    }
    names.add("knossos by its published figures");
    return folder == null ? "none: --peers was not given" : String.join(", ", names);
  }

  boolean has(String name) {
    return folder != null && Files.isExecutable(folder.resolve(name));
  }

  /** The recorded histories that come with a peer; null if they are not there. */
  @Nullable Path data(String part) {
    Path data = folder == null ? null : folder.resolve("porcupine-data").resolve(part);
    return data != null && Files.isDirectory(data) ? data : null;
  }

  /** Porcupine on these files, by their names; on none if it is not there. */
  Map<String, Figure> porcupine(String format, List<Path> files) throws IOException {
    Map<String, Figure> figures = new LinkedHashMap<>();
    if (folder == null || !has("porcupine") || files.isEmpty()) {
      return figures;
    }
    List<String> command = new ArrayList<>();
    command.add(folder.resolve("porcupine").toString());
    command.addAll(List.of("-format", format, "-cap", capSeconds + "s", "-spend", "40ms"));
    files.forEach(file -> command.add(file.toString()));
    for (String line : lines(command, Map.of("GOMAXPROCS", "1"))) {
      JsonView view = JsonView.parse("porcupine", line);
      Path name = Path.of(view.get("file").string()).getFileName();
      figures.put(
          String.valueOf(name),
          new Figure(
              view.get("verdict").string(),
              view.get("nanos").integer(),
              view.get("resident").integer()));
    }
    return figures;
  }

  /** PolyLin on a file: the better of two, as it says itself; null if it is not there. */
  @Nullable Figure polylin(Path file) throws IOException {
    if (folder == null || !has("polylin")) {
      return null;
    }
    Figure best = null;
    for (int i = 0; i < 2; i++) {
      String command = folder.resolve("polylin").toString();
      List<String> lines = lines(List.of(command, "-t", file.toString()), Map.of());
      String[] words = lines.isEmpty() ? new String[0] : lines.get(0).strip().split(" ", -1);
      if (words.length < 2) {
        return new Figure("no answer", 0, 0);
      }
      long nanos = (long) (Double.parseDouble(words[1]) * 1e9);
      if (best == null || nanos < best.nanos()) {
        best = new Figure(words[0].equals("1") ? "ok" : "illegal", nanos, 0);
      }
    }
    return best;
  }

  static List<String> lines(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } finally {
      process.destroy();
    }
    return lines;
  }
}
