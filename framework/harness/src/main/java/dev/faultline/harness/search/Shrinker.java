package dev.faultline.harness.search;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Size;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.Durations;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing run small: fewer faults, nodes and clients, an earlier end, fewer operations,
 * simpler faults with rounder numbers, and any seed with which the small one still fails. A
 * candidate counts only if it fails for the same {@link Cause}. First everything is tried with the
 * seed as it is, which is cheap; then what can go is tried with others too.
 */
public final class Shrinker {
  /** Seeds to try for each candidate besides its own. */
  private static final int RESEEDS = 20;

  private static final long STEP_MILLIS = 100;

  /** A run of less cannot be carried out in real time; see {@code --time}. */
  private static final long SHORTEST_MILLIS = 500;

  private final Trials trials;
  private final Cause cause;
  private final Limits limits;
  private final long deadline;
  private Trial best;
  private int attempts;
  private int reseeds;

  private Shrinker(Trials trials, Cause cause, Trial start, Limits limits) {
    this.trials = trials;
    this.cause = cause;
    this.best = start;
    this.limits = limits;
    this.deadline = System.nanoTime() + limits.time().toNanos();
  }

  /**
   * When to be content with what was reached. Only a shrink that ends within its time comes out the
   * same again.
   */
  public record Limits(int replays, Duration time) {
    /** 20,000 replays in 10 s of real time. */
    public static final Limits DEFAULT = new Limits(20_000, Duration.ofSeconds(10));
  }

  /**
   * The smallest run found with the same cause.
   *
   * @param attempts how many runs that took
   * @param complete whether nothing smaller was left to try
   */
  public record Shrunk(Trial trial, int attempts, boolean complete) {}

  /** Shrinks an invalid run within {@link Limits#DEFAULT}. */
  public static Shrunk shrink(Trials trials, Trial start) {
    return shrink(trials, start, Limits.DEFAULT);
  }

  /**
   * Shrinks an invalid run.
   *
   * @throws IllegalArgumentException if it is not invalid
   * @throws EnvironmentException if the small run does not repeat itself
   */
  public static Shrunk shrink(Trials trials, Trial start, Limits limits) {
    Cause cause = Cause.of(start.judgement());
    if (cause == null) {
      throw new IllegalArgumentException(
          "run with seed " + start.spec().seed() + " is " + start.judgement().status());
    }
    Shrinker shrinker = new Shrinker(trials, cause, start, limits);
    shrinker.fixpoint(0);
    shrinker.fixpoint(RESEEDS);
    Trial best = shrinker.best;
    if (trials.run(best.spec()).hash() != best.hash()) {
      throw new EnvironmentException(
          "the shrunk run (seed %d) gave two different histories; this is a bug of Faultline or of a node that is not deterministic"
              .formatted(best.spec().seed()));
    }
    return new Shrunk(best, shrinker.attempts, !shrinker.spent());
  }

  private boolean spent() {
    return attempts >= limits.replays() || System.nanoTime() - deadline >= 0;
  }

  private void fixpoint(int seeds) {
    reseeds = seeds;
    RunSpec before;
    do {
      before = best.spec();
      faults();
      nodes();
      clients();
      end();
      operations();
      numbers();
    } while (!before.equals(best.spec()) && !spent());
  }

  /** Leaves out parts of the plan, in halves first, then in ever smaller parts. */
  private void faults() {
    reduce(best.spec().plan().faults(), left -> accept(plan(best.spec(), new FaultPlan(left))));
  }

  /** From the back, and on after a success: starting anew each time would cost a square. */
  static <T> List<T> reduce(List<T> all, Predicate<List<T>> stillBad) {
    List<T> kept = new ArrayList<>(all);
    for (int part = kept.size(); part >= 1; part /= 2) {
      for (int end = kept.size(); end > 0; end -= part) {
        int from = Math.max(0, end - part);
        List<T> left = new ArrayList<>(kept.subList(0, from));
        left.addAll(kept.subList(end, kept.size()));
        if (stillBad.test(left)) {
          kept = left;
        }
      }
    }
    return kept;
  }

  /** The least value from {@code low} up that is still bad, if smaller ones tend to be good. */
  static long least(long low, long high, LongPredicate stillBad) {
    long bad = high;
    long good = low - 1;
    while (bad - good > 1) {
      long middle = good + (bad - good) / 2;
      if (stillBad.test(middle)) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return bad;
  }

  private void nodes() {
    int nodes = Size.of(best.spec()).nodes();
    for (int n = nodes - 1; n >= 1; n--) {
      if (!accept(best.spec().sized(n, best.spec().concurrency(), best.spec().ops()))) {
        return;
      }
    }
  }

  /** Some workloads have a client a node, whatever is asked for: then there is nothing to try. */
  private void clients() {
    int clients = Size.of(best.spec()).clients();
    for (int n = clients - 1; n >= 1; n--) {
      RunSpec fewer = best.spec().sized(best.spec().nodes(), n, best.spec().ops());
      if (Size.of(fewer).clients() >= Size.of(best.spec()).clients() || !accept(fewer)) {
        return;
      }
    }
  }

  private void end() {
    long steps = best.spec().time().toMillis() / STEP_MILLIS;
    long unused =
        least(
            SHORTEST_MILLIS / STEP_MILLIS,
            steps,
            n -> accept(ending(best.spec(), Duration.ofMillis(n * STEP_MILLIS))));
  }

  /** Without the faults that would start after the end. */
  private static RunSpec ending(RunSpec spec, Duration end) {
    List<Fault> left =
        spec.plan().faults().stream()
            .filter(f -> !(f.from() instanceof Anchor.At at) || at.at().compareTo(end) < 0)
            .toList();
    return spec.with(spec.seed(), new FaultPlan(left), end);
  }

  private void operations() {
    long now = best.spec().ops();
    long high = now > 0 ? now : best.judgement().exercised().operations();
    long unused =
        least(
            1,
            high,
            n -> accept(best.spec().sized(best.spec().nodes(), best.spec().concurrency(), n)));
  }

  /** Fault by fault; a success is tried further in the same direction. */
  private void numbers() {
    for (int i = 0; i < best.spec().plan().faults().size(); i++) {
      boolean simpler = true;
      while (simpler && !spent()) {
        simpler = false;
        List<Fault> faults = best.spec().plan().faults();
        for (Fault candidate : Simpler.than(faults.get(i), best.history())) {
          List<Fault> changed = new ArrayList<>(faults);
          changed.set(i, candidate);
          if (accept(plan(best.spec(), new FaultPlan(changed)))) {
            simpler = true;
            break;
          }
        }
      }
    }
  }

  private static RunSpec plan(RunSpec spec, FaultPlan plan) {
    return spec.with(spec.seed(), plan, spec.time());
  }

  private boolean accept(RunSpec candidate) {
    if (candidate.equals(best.spec())) {
      return true;
    }
    for (int k = 0; k <= reseeds && !spent(); k++) {
      long seed = k == 0 ? candidate.seed() : KeyedRandom.at(candidate.seed(), k, "reseed");
      Trial trial = attempt(candidate.with(seed, candidate.plan(), candidate.time()));
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
    } catch (EnvironmentException cannotBeCarriedOut) {
      return null;
    }
    return cause.equals(Cause.of(trial.judgement())) ? trial : null;
  }

  /** What a small run consists of, for people: {@code 1 fault, 3 nodes, …}. */
  public static String shape(RunSpec spec) {
    Size size = Size.of(spec);
    int faults = spec.plan().faults().size();
    return "%d fault%s, %d node%s, %d client%s, %s%s"
        .formatted(
            faults,
            faults == 1 ? "" : "s",
            size.nodes(),
            size.nodes() == 1 ? "" : "s",
            size.clients(),
            size.clients() == 1 ? "" : "s",
            spec.ops() == 0 ? "" : "at most " + spec.ops() + " operations, ",
            Durations.format(spec.time()));
  }
}
