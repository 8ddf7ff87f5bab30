package dev.faultline.junit;

import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Shrinker.Shrunk;
import dev.faultline.harness.search.Summary.Sighting;
import dev.faultline.spec.RunSpec;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A schedule that broke a promise, made small: its files, and what the test says. */
final class SimFinding {
  private SimFinding() {}

  /** Writes the small run and its replay file; returns the message. */
  static String tell(
      ExtensionContext context, Method method, Sighting found, Shrunk shrunk, long schedules) {
    RunSpec spec = shrunk.trial().spec();
    Path dir = RunDirectory.fresh(context, method, found.seed());
    RunResult run = Experiment.run(spec, dir, Progress.NONE);
    Path replay = Replay.write(shrunk.trial(), dir);
    String again = FailureMessage.again(method, found.seed());
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s is INVALID: %s, after %,d schedule%s (seed %d); shrunk in %,d runs to %s"
            .formatted(
                spec.targetName(),
                Cause.of(shrunk.trial().judgement()),
                schedules,
                schedules == 1 ? "" : "s",
                found.seed(),
                shrunk.attempts(),
                Shrinker.shape(shrunk.trial())));
    lines.addAll(FailureMessage.body(run, again, FailureMessage.screen()));
    lines.add("  report: " + FailureMessage.report(dir));
    lines.add("  replay: ./faultline replay " + replay);
    lines.add("  again:  " + again);
    return String.join("\n", lines);
  }
}
