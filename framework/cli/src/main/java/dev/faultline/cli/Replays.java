package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.ObservedPlan;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Scripts;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Call;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code replay} and {@code shrink} are given: a replay file, or a run. */
final class Replays {
  private static final String SIM = "sim";

  /** For a real run in simulation. */
  private static final int SEEDS = 20;

  private Replays() {}

  /**
   * A failure to show again.
   *
   * @param replay null for a run that was not written to be replayed
   * @param recorded what the clients of a real run did; empty for a simulated one
   */
  record Given(RunSpec spec, Cause cause, @Nullable Replay replay, List<Call> recorded) {
    /**
     * The same in virtual time. A real run's operations come at other times there: if the plan
     * alone does not show it, the recorded operations are tried, and other seeds for both.
     */
    RunSpec simulated() {
      RunSpec own = spec.withEnvironment(SIM);
      if (recorded.isEmpty()) {
        return own;
      }
      Trials trials = Trials.of(own);
      for (int i = 0; i < SEEDS; i++) {
        RunSpec seeded = own.with(own.seed() + i, own.plan(), own.time());
        for (RunSpec spec : List.of(seeded, seeded.scripted(recorded))) {
          if (cause.equals(Cause.of(trials.run(spec).judgement()))) {
            return spec;
          }
        }
      }
      return own;
    }
  }

  /** A replay file; or a run directory, by the replay file in it, else by its own verdict. */
  static Given read(Path path) {
    Path file = Files.isDirectory(path) ? replayIn(path) : path;
    if (file != null) {
      JsonView view = JsonView.parse(file.toString(), Values.text(file));
      Replay replay = Replay.fromJson(view);
      if (replay == null) {
        throw new EnvironmentException(
            file + ": has no 'expect', so nothing says what to show; name its run directory");
      }
      return new Given(replay.spec(), replay.cause(), replay, List.of());
    }
    RunResult run = Experiment.check(path, Long.MAX_VALUE, Experiment.CHECK_TIME);
    Cause cause = Cause.of(run.judgement());
    if (cause == null) {
      throw new EnvironmentException(
          path + ": this run is not invalid, so there is nothing to show");
    }
    RunSpec spec = run.run();
    if (!spec.environment().equals(SIM)) {
      // A real run's own times and nodes, not those that chance gives the anchors next time.
      FaultPlan observed = ObservedPlan.of(spec.plan(), run.history());
      spec = spec.with(spec.seed(), observed, spec.time());
      return new Given(spec, cause, null, Scripts.of(run.history()));
    }
    return new Given(spec, cause, null, List.of());
  }

  private static @Nullable Path replayIn(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      List<Path> found =
          files
              .filter(f -> f.toString().endsWith(Replay.SUFFIX))
              .sorted(Comparator.naturalOrder())
              .toList();
      return found.isEmpty() ? null : found.get(0);
    } catch (java.io.IOException e) {
      throw new EnvironmentException(dir + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** The failure in virtual time. */
  static Trial fail(Given given, Path path) {
    RunSpec spec = given.simulated();
    Trial trial = Trials.of(spec).run(spec);
    Cause cause = Cause.of(trial.judgement());
    if (!given.cause().equals(cause)) {
      throw new EnvironmentException(
          "%s: in sim this run is %s%s, not invalid by %s; only a failure that the simulator shows can be shrunk"
              .formatted(
                  path,
                  Trouble.word(trial.judgement().status()),
                  cause == null ? "" : " by " + cause,
                  given.cause()));
    }
    return trial;
  }

  static String command(String name, Path file) {
    return System.getProperty("faultline.command", "./faultline") + " " + name + " " + file;
  }
}
