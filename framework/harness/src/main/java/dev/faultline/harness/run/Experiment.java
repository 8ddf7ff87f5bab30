package dev.faultline.harness.run;

import dev.faultline.checker.Budget;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.time.Duration;

/** Plans, runs and judges experiments: what the command line and the JUnit extension call. */
public final class Experiment {
  private Experiment() {}

  /**
   * Fills in every default and checks everything that can be checked before anything is started.
   *
   * @throws EnvironmentException naming the value, the place and the remedy
   */
  public static RunSpec plan(Request request) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * Carries a run out: starts the cluster, drives clients and faults, records, heals, stops, judges
   * and writes the reports. Bounded in time.
   *
   * @param dir the run directory, created here; must not exist or be empty
   * @throws EnvironmentException if the experiment could not be carried out
   */
  public static RunResult run(RunSpec spec, Path dir, Progress progress) {
    throw new UnsupportedOperationException("being built");
  }

  /** Reads {@code run.json} of a run directory. */
  public static RunSpec load(Path dir) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * Judges a run directory again, from its files alone, and writes {@code verdict.json}.
   *
   * @param until how many entries of the history to judge; {@link Long#MAX_VALUE} for all
   * @param time budget of each check
   */
  public static RunResult check(Path dir, long until, Duration time) {
    throw new UnsupportedOperationException("being built");
  }

  /** Writes every report of a judged run into its directory. */
  public static void report(RunResult result) {
    throw new UnsupportedOperationException("being built");
  }

  /** The budget of a check with this much time. */
  static Budget budget(Duration time) {
    return new Budget(time, Runtime.getRuntime().maxMemory() / 4);
  }
}
