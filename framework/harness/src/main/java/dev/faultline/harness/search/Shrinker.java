package dev.faultline.harness.search;

import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing run small: fewer faults, a shorter run, and any seed with which the small one
 * still fails. A candidate counts only if it fails for the same {@link Cause}.
 */
public final class Shrinker {
  /** Seeds to try for each candidate besides its own. */
  private static final int RESEEDS = 20;

  private final Trials trials;
  private final Cause cause;
  private Trial best;
  private int attempts;

  private Shrinker(Trials trials, Cause cause, Trial start) {
    this.trials = trials;
    this.cause = cause;
    this.best = start;
  }

  /** The smallest run found with the same cause, and how many runs that took. */
  public record Shrunk(Trial trial, int attempts) {}

  /**
   * Shrinks an invalid run.
   *
   * @throws IllegalArgumentException if it is not invalid
   */
  public static Shrunk shrink(Trials trials, Trial start) {
    Cause cause = Cause.of(start.judgement());
    if (cause == null) {
      throw new IllegalArgumentException(
          "run with seed " + start.spec().seed() + " is " + start.judgement().status());
    }
    Shrinker shrinker = new Shrinker(trials, cause, start);
    shrinker.faults();
    shrinker.time();
    shrinker.faults();
    return new Shrunk(shrinker.best, shrinker.attempts);
  }

  /** Leaves out one fault after the other, the last first, as long as that succeeds. */
  private void faults() {
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = best.spec().plan().faults().size() - 1; i >= 0; i--) {
        List<Fault> left = new ArrayList<>(best.spec().plan().faults());
        Fault gone = left.remove(i);
        if (accept(new FaultPlan(left), best.spec().time())) {
          smaller = true;
        }
      }
    }
  }

  private void time() {
    for (Duration half = best.spec().time().dividedBy(2);
        half.compareTo(Duration.ofMillis(500)) >= 0 && accept(best.spec().plan(), half);
        half = half.dividedBy(2)) {
      // accept has kept it.
    }
  }

  private boolean accept(FaultPlan plan, Duration time) {
    for (int k = 0; k <= RESEEDS; k++) {
      long seed = k == 0 ? best.spec().seed() : KeyedRandom.at(best.spec().seed(), k, "reseed");
      Trial trial = attempt(trials.base().with(seed, plan, time));
      if (trial != null) {
        best = trial;
        return true;
      }
    }
    return false;
  }

  private @Nullable Trial attempt(RunSpec spec) {
    attempts++;
    Trial trial;
    try {
      trial = trials.run(spec);
    } catch (dev.faultline.harness.EnvironmentException beyondTheShorterRun) {
      return null;
    }
    return cause.equals(Cause.of(trial.judgement())) ? trial : null;
  }
}
