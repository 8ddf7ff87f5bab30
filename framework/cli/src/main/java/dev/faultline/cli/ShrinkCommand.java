package dev.faultline.cli;

import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Explainer;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.run.Size;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Shrinker.Limits;
import dev.faultline.harness.search.Shrinker.Shrunk;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline shrink}: makes a failure small. */
@Command(
    name = "shrink",
    sortOptions = false,
    description = {
      "Make a simulated failure small: fewer faults, nodes, clients and operations, an earlier "
          + "end, rounder numbers.%n"
    },
    footer = "%nExit code 1: the small one fails like the large one.")
final class ShrinkCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(index = "0", paramLabel = "FILE|RUNDIR", description = "A replay file, or a run.")
  private Path what = Path.of("");

  @Option(names = "--time", paramLabel = "TIME", description = "How long to try; 30s by default.")
  private Duration time = Limits.DEFAULT.time();

  @Option(names = "--replays", paramLabel = "N", description = "How many runs at most; 20000.")
  private int replays = Limits.DEFAULT.replays();

  @Option(names = "--json", description = "Print what was reached as JSON.")
  private boolean json;

  ShrinkCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Trial start = Replays.fail(Replays.read(what), what);
    Shrunk shrunk = Shrinker.shrink(Trials.of(start.spec()), start, new Limits(replays, time));
    RunSpec spec = shrunk.trial().spec();
    Path dir = RunDirectories.fresh(spec.id() + "-small");
    RunResult run =
        Experiment.run(spec.withId(String.valueOf(dir.getFileName())), dir, Progress.NONE);
    Explainer.deepen(run, Explainer.Limits.DEFAULT);
    Path file = Replay.write(shrunk.trial(), dir);
    PrintStream out = root.terminal().out();
    if (json) {
      out.print(Json.pretty(data(start, shrunk, run, file)));
    } else {
      out.println("from       " + Shrinker.shape(start));
      out.println(
          "to         %s, in %,d runs%s"
              .formatted(
                  Shrinker.shape(shrunk.trial()),
                  shrunk.attempts(),
                  shrunk.complete() ? "" : " (out of --time or --replays)"));
      out.print(new Results(root, false).text(run));
      out.println("  replay     " + Replays.command("replay", file));
    }
    out.flush();
    return run.judgement().status().exitCode();
  }

  private static Map<String, @Nullable Object> data(
      Trial start, Shrunk shrunk, RunResult run, Path file) {
    RunSpec spec = shrunk.trial().spec();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("faultsBefore", (long) start.spec().plan().faults().size());
    map.put("faults", (long) spec.plan().faults().size());
    map.put("operations", Shrinker.operations(shrunk.trial()));
    map.put("nodes", (long) Size.of(spec).nodes());
    map.put("runs", (long) shrunk.attempts());
    map.put("complete", shrunk.complete());
    map.put("replay", file.toString());
    map.put("run", Results.data(run));
    return map;
  }
}
