package dev.faultline.cli;

import dev.faultline.checker.oracle.Detection;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline bench detect}: which mistakes of an object each history checker sees. */
@Command(
    name = "detect",
    sortOptions = false,
    description = {
      "Record correct objects and the same with one mistake, and judge both by every checker.%n",
      "Each recording has 60 operations of 4 clients, some of unknown outcome, and final reads. The "
          + "table says which share of the mistakes was found: 'lost' is an ok without an effect, "
          + "'stale' an answer from before the call, 'ok→fail' an effect that was denied. Exits with 1 "
          + "if a correct object was found invalid, else 0.%n"
    })
final class BenchDetectCommand implements Callable<Integer> {
  private final Root root;

  @Option(
      names = "--recordings",
      paramLabel = "N",
      description = "Of each object, and of each mistake; 100.")
  private int recordings = 100;

  @Option(names = "--seed", paramLabel = "N", description = "Which ones; 1.")
  private long seed = 1;

  BenchDetectCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    List<Detection.Found> rows = new Detection(seed, recordings).run();
    PrintStream out = root.terminal().out();
    out.println(
        "| property | object | false alarms of %d | unknown | %s |"
            .formatted(recordings, String.join(" | ", Detection.slips())));
    out.println("| --- | --- |" + " --- |".repeat(Detection.slips().size() + 2));
    int alarms = 0;
    for (Detection.Found row : rows) {
      StringBuilder line =
          new StringBuilder(
              "| `%s` | %s | %d | %d |"
                  .formatted(row.property(), row.object(), row.alarms(), row.unknown()));
      for (String slip : Detection.slips()) {
        Detection.Share share = row.shares().getOrDefault(slip, new Detection.Share(0, 0));
        line.append(
            share.of() == 0 ? " – |" : " %.0f %% |".formatted(100.0 * share.found() / share.of()));
      }
      out.println(line);
      alarms += row.alarms();
    }
    out.flush();
    return alarms == 0 ? 0 : 1;
  }
}
