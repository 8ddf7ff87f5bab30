package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Manner;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.RunResult;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline run}: one experiment, or an earlier one again. */
@Command(
    name = "run",
    sortOptions = false,
    description = "Run a workload against a target under faults, and judge what happened.%n")
final class RunCommand implements Callable<Integer> {
  private static final String NO_FAULTS = "none";

  private final Root root;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "TARGET[:VARIANT]|RUNDIR",
      description = "What to test, or the directory of a run to repeat.")
  private String what = "";

  @Option(names = "--workload", paramLabel = "ID", description = "What the clients do.")
  private @Nullable String workload;

  @Option(names = "--env", paramLabel = "ID", description = "Where the nodes run.")
  private @Nullable String environment;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description =
          "Fault kinds, or profiles such as 'standard', for a plan made from the seed; or 'none';"
              + " default: all claimed.")
  private @Nullable List<String> faults;

  @Option(names = "--plan", paramLabel = "FILE", description = "A fault plan, as JSON.")
  private @Nullable Path plan;

  @Option(
      names = "--expect",
      paramLabel = "PROPERTY",
      split = ",",
      description = "Count this property like a claim; 'all' for all that the workload judges.")
  private List<String> expects = List.of();

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description = "An option of the target or the workload.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(names = "--time", paramLabel = "TIME", description = "How long; 20s by default.")
  private @Nullable Duration time;

  @Option(names = "--seed", paramLabel = "N", description = "Of all that is random.")
  private @Nullable Long seed;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes.")
  private int nodes;

  @Option(names = "--concurrency", paramLabel = "N", description = "How many clients.")
  private int concurrency;

  @Option(
      names = "--load",
      paramLabel = "KIND",
      description =
          "paced, open or closed: as -o load=KIND. open: latencies count from when a call was due.")
  private @Nullable String load;

  @Option(names = "--rate", paramLabel = "N", description = "Operations a second, all clients.")
  private double rate;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; runs/<time>-<target>-<variant> by default.")
  private @Nullable Path out;

  @Option(
      names = "--keep",
      description = "After a violation, leave the nodes up to be looked at, until Enter or Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--stop-at-first",
      description = "End the run when a property is broken whatever comes after.")
  private boolean stopAtFirst;

  @Option(
      names = "--control",
      paramLabel = "one-node",
      description = "Repeat a violating run on one node, to see whether distribution is to blame.")
  private @Nullable String control;

  @Option(names = "--json", description = "Print the verdict as JSON.")
  private boolean json;

  @Option(
      names = "--json-events",
      paramLabel = "FILE|-",
      description = "Tell how the run goes, a JSON object a line; '-' for stdout, alone.")
  private @Nullable String events;

  RunCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (control != null && !control.equals("one-node")) {
      throw usage("--control " + control + ": want one-node");
    }
    RunSpec planned = RunDirectories.isRun(what) ? repeated() : Experiment.plan(request());
    Path dir = out == null ? RunDirectories.fresh(planned.id()) : out;
    RunSpec run = planned.withId(String.valueOf(dir.normalize().getFileName()));
    Results results = new Results(root, json);
    try (Interruption interruption = new Interruption(root.terminal());
        LiveProgress progress = new LiveProgress(root.terminal(), root.colourErr())) {
      try {
        Progress shown = root.quiet() ? Progress.NONE : progress.listener();
        RunResult result = carryOut(run, dir, shown, progress);
        progress.close();
        if (control != null) {
          String unused = Experiment.control(result, Progress.NONE);
        }
        return "-".equals(events) ? result.judgement().status().exitCode() : results.show(result);
      } catch (EnvironmentException e) {
        progress.close();
        if (!interruption.requested()) {
          throw e;
        }
        root.terminal()
            .error("interrupted; what was recorded can be judged: faultline check " + dir);
        return Interruption.EXIT;
      } finally {
        RunDirectories.removeIfEmpty(dir);
      }
    }
  }

  private RunResult carryOut(RunSpec run, Path dir, Progress shown, LiveProgress progress) {
    Manner.BeforeStop look =
        keep
            ? (ran, places) -> new Kept(root.terminal()).look(dir, places, progress::close)
            : Manner.PLAIN.beforeStop();
    Manner manner = keep || stopAtFirst ? new Manner(stopAtFirst, look) : Manner.PLAIN;
    String to = events;
    if (to == null) {
      return Experiment.run(run, dir, shown, manner);
    }
    try (JsonEvents told = new JsonEvents(to, root.terminal())) {
      RunResult result = Experiment.run(run, dir, Progress.both(shown, told), manner);
      told.verdict(result);
      return result;
    }
  }

  private RunSpec repeated() {
    CommandSpec own = spec;
    if (own != null) {
      List<String> given =
          own.commandLine().getParseResult().matchedOptions().stream()
              .map(o -> o.longestName())
              .filter(n ->
                  !List.of(
                          "--out",
                          "--json",
                          "--json-events",
                          "--keep",
                          "--stop-at-first",
                          "--control",
                          "--quiet",
                          "--verbose",
                          "--color")
                      .contains(n))
              .toList();
      if (!given.isEmpty()) {
        throw new ParameterException(
            own.commandLine(),
            "%s: a repeated run takes everything from its run.json; leave out %s"
                .formatted(what, String.join(", ", given)));
      }
    }
    return RunDirectories.load(Path.of(what));
  }

  private Request request() {
    atLeast("--nodes", nodes, 0);
    atLeast("--concurrency", concurrency, 0);
    atLeast("--rate", rate, 0);
    Path file = plan;
    List<String> kinds = faults;
    if (file != null && kinds != null) {
      throw usage("--plan " + file + ": a plan names its faults; leave out --faults");
    }
    if (kinds != null && kinds.contains(NO_FAULTS)) {
      if (kinds.size() > 1) {
        throw usage("--faults " + String.join(",", kinds) + ": 'none' stands alone");
      }
      kinds = List.of();
    }
    FaultPlan given = file == null ? null : Values.plan(file);
    if (load != null) {
      options.put("load", load);
    }
    return new Request(
        what,
        workload,
        environment,
        given == null ? kinds : null,
        given,
        expects,
        options,
        time,
        seed,
        nodes,
        concurrency,
        rate);
  }

  private void atLeast(String option, double value, double least) {
    if (value < least) {
      throw usage("%s %s: want %s or more".formatted(option, trim(value), trim(least)));
    }
  }

  private static String trim(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private RuntimeException usage(String message) {
    CommandSpec own = spec;
    return own == null
        ? new EnvironmentException(message)
        : new ParameterException(own.commandLine(), message);
  }
}
