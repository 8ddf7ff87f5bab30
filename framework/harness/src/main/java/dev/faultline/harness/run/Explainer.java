package dev.faultline.harness.run;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.explain.Explanation;
import dev.faultline.harness.explain.Explanations;
import dev.faultline.harness.explain.Inevitability;
import dev.faultline.harness.explain.Neighbour;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.history.History;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a simulated run failed: repeats it with a listener, and tries what would have
 * become of it otherwise.
 */
public final class Explainer {
  private final Trials trials;
  private final RunSpec spec;
  private final Judgement judgement;
  private final Explanations explanations = new Explanations();
  private final Explanation told;
  private int runs;

  private Explainer(RunSpec spec, History judged, Judgement judgement) {
    this.trials = Trials.of(spec);
    this.spec = spec;
    this.judgement = judgement;
    this.told =
        explanations.explain(
            judged, judgement, trials.perform(spec, explanations.trace()).history());
  }

  /**
   * How much to try. What does not end within its time is not told, since it would come out
   * otherwise on another machine.
   *
   * @param futures beside each moment that decides; 0 to try nothing
   * @param runs how many at most
   * @param time real time
   */
  public record Limits(int futures, int runs, Duration time) {
    /** 50 futures, 3,000 runs, 10 s. */
    public static final Limits DEFAULT = new Limits(50, 3_000, Duration.ofSeconds(10));

    /** Only what the run itself shows. */
    static final Limits NOTHING = new Limits(0, 0, Duration.ZERO);
  }

  /**
   * Explains an invalid run.
   *
   * @param judged its history
   * @throws IllegalArgumentException if it is not invalid
   * @throws dev.faultline.harness.EnvironmentException if its environment has no virtual time
   */
  public static Explanation explain(
      RunSpec spec, History judged, Judgement judgement, Limits limits) {
    return new Explainer(spec, judged, judgement).deepen(limits);
  }

  /**
   * Tries out more of a simulated failure than the run itself shows, and writes explanation and
   * reports again. A run that is not invalid, or not simulated, is left as it is.
   */
  public static void deepen(RunResult result, Limits limits) {
    if (explicable(result)) {
      write(result, limits);
      Experiment.report(result);
    }
  }

  private static boolean explicable(RunResult result) {
    return result.judgement().headline() != null
        && Catalog.environment(result.run().environment()) instanceof VirtualTime;
  }

  /** Writes the explanation of a run that has one; trouble with that never changes a verdict. */
  static void write(RunResult result, Limits limits) {
    if (!explicable(result)) {
      return;
    }
    try {
      Explainer explainer = new Explainer(result.run(), result.history(), result.judgement());
      explainer.explanations.write(explainer.deepen(limits), result.dir());
    } catch (RuntimeException e) {
      System.err.println(result.dir() + ": not explained: " + e);
    }
  }

  private Explanation deepen(Limits limits) {
    if (told.notExplained() != null || limits.futures() == 0) {
      return told;
    }
    long deadline = System.nanoTime() + limits.time().toNanos();
    BooleanSupplier spent = () -> runs >= limits.runs() || System.nanoTime() - deadline >= 0;
    Inevitability scan = explanations.inevitability(this::fails, limits.futures(), spent);
    Neighbour nearest = nearest(spent);
    return told.with(scan, spent.getAsBoolean() ? null : nearest);
  }

  /** The one that goes the same way longest. */
  private @Nullable Neighbour nearest(BooleanSupplier spent) {
    int longest = -1;
    Neighbour nearest = null;
    for (Neighbours.Changed changed : Neighbours.of(spec, this::passes, spent)) {
      Explanations other = new Explanations();
      Trial trial = trials.run(changed.spec(), other.trace());
      int common = explanations.common(other);
      if (common > longest) {
        longest = common;
        nearest = explanations.beside(other, changed.how(), trial.judgement().status());
      }
    }
    return nearest;
  }

  /** A run of few operations may be void or unknown; what counts is that no promise is broken. */
  private boolean passes(RunSpec changed) {
    runs++;
    return trials.run(changed).judgement().headline() == null;
  }

  private boolean fails(long at, int future) {
    runs++;
    long salt = KeyedRandom.at(spec.seed(), future, "future");
    Judgement other = trials.run(spec, null, new Branch(at, salt)).judgement();
    return broken(judgement).equals(broken(other));
  }

  /** The broken promise and the clause of it, or that there is none. */
  private static String broken(Judgement judgement) {
    Judgement.@Nullable Finding finding = judgement.headline();
    return finding != null && finding.verdict() instanceof Verdict.Invalid invalid
        ? finding.property() + " " + invalid.clause()
        : "";
  }
}
