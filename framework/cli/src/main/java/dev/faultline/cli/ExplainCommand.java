package dev.faultline.cli;

import dev.faultline.harness.explain.Explanation;
import dev.faultline.harness.explain.Explanations;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Explainer;
import dev.faultline.harness.run.Explainer.Limits;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline explain}: what led to a simulated failure. */
@Command(
    name = "explain",
    sortOptions = false,
    description = {
      "Tell what led to a simulated failure: the messages and faults that can have had a part in "
          + "it, a column a node, time downwards; from when on fresh futures all fail; and the "
          + "nearest schedule that does not. What is found out is added to the run's reports.%n"
    },
    footer = "%nExit code 1: explained. 2: it is not known.")
final class ExplainCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(
      index = "0",
      paramLabel = "RUNDIR|FILE",
      description = "A run or finding, or a replay file.")
  private Path what = Path.of("");

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "How long to try other futures and plans; 1m by default.")
  private Duration time = Duration.ofMinutes(1);

  @Option(names = "--json", description = "Print the explanation as JSON.")
  private boolean json;

  ExplainCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Explanation explanation = explanation();
    PrintStream out = root.terminal().out();
    if (json) {
      out.print(Json.pretty(explanation.toJson()));
    } else {
      explanation.text(root.terminal().outWidth()).forEach(out::println);
    }
    out.flush();
    return explanation.notExplained() == null ? 1 : 2;
  }

  /** The one in the run's directory, made complete there; or that of a replay file. */
  private Explanation explanation() {
    Limits limits = new Limits(Limits.DEFAULT.futures(), Limits.DEFAULT.runs(), time);
    Explanation written = Files.isDirectory(what) ? Explanations.read(what) : null;
    if (written != null && !written.complete()) {
      Explainer.deepen(Experiment.check(what, Long.MAX_VALUE, Experiment.CHECK_TIME), limits);
      written = Explanations.read(what);
    }
    if (written != null) {
      return written;
    }
    Replays.Given given = Replays.read(what);
    Trial trial = Replays.fail(given, what);
    if (!given.spec().environment().equals(trial.spec().environment()) && !root.quiet()) {
      root.terminal()
          .err()
          .printf(
              "%s ran in %s; this is the same failure in %s, where times are others%n",
              what, given.spec().environment(), trial.spec().environment());
    }
    return Explainer.explain(trial.spec(), trial.history(), trial.judgement(), limits);
  }
}
