package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.search.Loosened;
import dev.faultline.json.Json;
import dev.faultline.spec.Fault;
import dev.faultline.spec.RunSpec;
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
import picocli.CommandLine.Parameters;

/** {@code faultline carry-over}: which simulated failures show for real, as a table. */
@Command(
    name = "carry-over",
    sortOptions = false,
    description = {
      "Replay failures in simulation and for real, and say of each whether it carried over, and if "
          + "not, why.%n"
    })
final class CarryOverCommand implements Callable<Integer> {
  private static final String SIM = "sim";
  private static final String PAGE = "docs/carry-over.md";

  private final Root root;

  @Parameters(arity = "1..*", paramLabel = "FILE|RUNDIR", description = "Replay files, or runs.")
  private List<Path> what = List.of();

  @Option(
      names = "--env",
      paramLabel = "ID",
      split = ",",
      description = "local,containers by default.")
  private List<String> environments = List.of("local", "containers");

  @Option(names = "--seeds", paramLabel = "N", description = "Runs of each form; 2 by default.")
  private int seeds = 2;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = PAGE,
      description = "Write the table as Markdown too; " + PAGE + ".")
  private @Nullable Path page;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  CarryOverCommand(Root root) {
    this.root = root;
  }

  /**
   * What became of one failure.
   *
   * @param file as it was named
   * @param tried by environment; empty where it cannot be tried
   * @param refused why not, by environment
   */
  record Row(
      Path file,
      Replays.Given given,
      Map<String, List<Attempt>> tried,
      Map<String, String> refused) {
    /** The target and the faults, for people. */
    String name() {
      return given.spec().targetName();
    }

    String faults() {
      List<String> kinds =
          given.spec().plan().faults().stream()
              .map(Fault::kinds)
              .map(k -> String.join("+", k))
              .toList();
      return kinds.isEmpty() ? "none" : String.join(", ", kinds);
    }
  }

  @Override
  public Integer call() {
    List<Row> rows = new ArrayList<>();
    for (Path file : what) {
      Replays.Given given = Replays.read(file);
      Map<String, List<Attempt>> tried = new LinkedHashMap<>();
      Map<String, String> refused = new LinkedHashMap<>();
      List<Loosened> exact = Loosened.of(given.simulated()).subList(0, 1);
      tried.put(SIM, attempts(given, exact, SIM, 1));
      for (String environment : environments) {
        RunSpec spec = given.spec().withEnvironment(environment);
        List<String> impossible = Experiment.impossible(spec);
        if (impossible.isEmpty()) {
          tried.put(environment, attempts(given, Loosened.of(spec), environment, seeds));
        } else {
          tried.put(environment, List.of());
          refused.put(environment, "cannot do " + String.join(", ", impossible));
        }
      }
      rows.add(new Row(file, given, tried, refused));
    }
    CarryOverPage table = new CarryOverPage(rows, seeds);
    root.terminal()
        .out()
        .print(json ? Json.pretty(table.data()) : table.text(root.terminal().outWidth()));
    root.terminal().out().flush();
    Path file = page;
    if (file != null) {
      try {
        Files.writeString(file, table.markdown());
      } catch (IOException e) {
        throw new EnvironmentException(file + ": cannot be written (" + e.getMessage() + ")", e);
      }
    }
    return 0;
  }

  private List<Attempt> attempts(
      Replays.Given given, List<Loosened> forms, String environment, int runs) {
    return Attempt.all(
        given.cause(),
        forms,
        environment,
        runs,
        run -> {
          if (!root.quiet()) {
            root.terminal()
                .err()
                .println(
                    "%s in %s: %s"
                        .formatted(
                            given.spec().targetName(),
                            environment,
                            Trouble.word(run.judgement().status())));
          }
        });
  }
}
