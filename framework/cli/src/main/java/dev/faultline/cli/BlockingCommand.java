package dev.faultline.cli;

import dev.faultline.blocking.Blocking;
import dev.faultline.blocking.Refusal;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Json;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline blocking}: ordinary blocking Java on virtual time. */
@Command(
    name = "blocking",
    sortOptions = false,
    description = {
      "Run a scenario of ordinary blocking Java on virtual time, each seed twice. See",
      "docs/blocking.md for how to write one. Needs JDK 25.%n"
    },
    footer =
        "%nExit code 1: some seeds fail. 3: it cannot be simulated, or was not the same twice.")
final class BlockingCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  private final Root root;

  @Parameters(paramLabel = "SCENARIO", description = "Name of a class that implements Scenario.")
  private String scenario = "";

  @Option(
      names = {"--class-path", "-cp"},
      required = true,
      paramLabel = "PATH",
      description = "Directories and jars in which it and all that it uses lie.")
  private String classPath = "";

  @Option(names = "--seeds", paramLabel = "N", description = "How many; 1000.")
  private long seeds = 1000;

  @Option(names = "--seed", paramLabel = "N", description = "The first; 1.")
  private long seed = 1;

  @Option(
      names = "--turn",
      paramLabel = "TIME",
      description = "How long a thread may run without waiting, in real time; 10s.")
  private Duration turn = Duration.ofSeconds(10);

  @Option(names = "--jvm", paramLabel = "FLAG", description = "One more flag for the JVM.")
  private List<String> flags = new ArrayList<>();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  BlockingCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw new EnvironmentException("--seeds " + seeds + ": want 1 or more");
    }
    Blocking.Outcome outcome;
    try {
      outcome = new Blocking(scenario, paths(), seed, seeds, turn, flags).run();
    } catch (Refusal refusal) {
      throw new EnvironmentException("refused: " + refusal.getMessage(), refusal);
    }
    PrintStream out = root.terminal().out();
    if (json) {
      out.print(Json.pretty(data(outcome)));
    } else {
      outcome.findings().stream()
          .limit(SHOWN)
          .forEach(finding -> out.println("seed " + finding.seed() + "  " + finding.what()));
      out.println(line(outcome));
    }
    out.flush();
    return outcome.findings().isEmpty() ? 0 : 1;
  }

  private List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(part).toAbsolutePath();
      if (!Files.exists(path)) {
        throw new EnvironmentException("--class-path: " + part + " does not exist");
      }
      paths.add(path);
    }
    return paths;
  }

  private String line(Blocking.Outcome outcome) {
    return ("%s: %,d seeds, each the same twice; %,d failed, %,d different runs, %,d turns of threads,"
            + " %,d timers, %,d s of virtual time; hash %016x")
        .formatted(
            scenario,
            outcome.runs(),
            outcome.findings().size(),
            outcome.distinct(),
            outcome.turns(),
            outcome.timers(),
            outcome.elapsed().toSeconds(),
            outcome.hash());
  }

  private Map<String, @Nullable Object> data(Blocking.Outcome outcome) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("scenario", scenario);
    map.put("seeds", outcome.runs());
    map.put("distinct", outcome.distinct());
    map.put("turns", outcome.turns());
    map.put("timers", outcome.timers());
    map.put("virtualMillis", outcome.elapsed().toMillis());
    map.put("hash", "%016x".formatted(outcome.hash()));
    List<Map<String, @Nullable Object>> findings = new ArrayList<>();
    for (Blocking.Finding finding : outcome.findings()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("seed", finding.seed());
      one.put("what", finding.what());
      findings.add(one);
    }
    map.put("findings", findings);
    return map;
  }
}
