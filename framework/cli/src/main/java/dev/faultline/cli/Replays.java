package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Replay;
import dev.faultline.json.JsonView;
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

  private Replays() {}

  /**
   * A failure to show again.
   *
   * @param replay null for a run that was not written to be replayed
   */
  record Given(RunSpec spec, Cause cause, @Nullable Replay replay) {
    /** The same in virtual time, whatever it ran in. */
    RunSpec simulated() {
      return spec.withEnvironment(SIM);
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
      return new Given(replay.spec(), replay.cause(), replay);
    }
    Cause cause =
        Cause.of(Experiment.check(path, Long.MAX_VALUE, Experiment.CHECK_TIME).judgement());
    if (cause == null) {
      throw new EnvironmentException(
          path + ": this run is not invalid, so there is nothing to show");
    }
    return new Given(Experiment.load(path), cause, null);
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
