package dev.faultline.harness.search;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.ObservedPlan;
import dev.faultline.harness.run.Size;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.Durations;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Call;
import dev.faultline.spec.Ending;
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
 * Makes a failing run small: fewer faults, nodes and clients, an earlier end; then its operations
 * as a script, of which whatever can be left out is; simpler faults with rounder numbers, rounder
 * times, and any seed with which the small one still fails. A candidate counts only if it fails for
 * the same {@link Cause}. First everything is tried with the seed as it is, which is cheap; then
 * what can go is tried with others too.
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
    /** 20,000 replays in 30 s of real time. */
    public static final Limits DEFAULT = new Limits(20_000, Duration.ofSeconds(30));
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
    shrinker.coarse();
    shrinker.parts();
    shrinker.reseeds = RESEEDS;
    shrinker.parts();
    shrinker.numbers();
    Trial best = shrinker.best;
    if (trials.run(best.spec()).hash() != best.hash()) {
      throw new EnvironmentException(
          "the shrunk run (seed %d) gave two different histories; this is a bug of Faultline or of a node that is not deterministic: see faultline gate %s"
              .formatted(best.spec().seed(), best.spec().targetName()));
    }
    return new Shrunk(best, shrinker.attempts, !shrinker.spent());
  }

  private boolean spent() {
    return attempts >= limits.replays() || System.nanoTime() - deadline >= 0;
  }

  /** With operations that the workload chooses: what goes here need not be in the script. */
  private void coarse() {
    demands();
    end();
    faults();
    nodes();
    clients();
    end();
  }

  /** Less to come through after the faults. */
  private void demands() {
    boolean unused =
        accept(best.spec().ending(Ending.NONE)) || accept(best.spec().ending(Ending.ALL));
  }

  /** What the clients did as a script. A call at the same instant as another may fall otherwise. */
  private void script() {
    if (best.spec().script().isEmpty()) {
      int before = reseeds;
      reseeds = Math.max(reseeds, RESEEDS);
      boolean unused = accept(best.spec().scripted(Scripts.of(best.history())));
      reseeds = before;
    }
  }

  /** Before the numbers: what is at the limit of what still fails can hardly become simpler. */
  private void parts() {
    RunSpec before;
    do {
      before = best.spec();
      script();
      operations();
      faults();
      nodes();
      clients();
    } while (!before.equals(best.spec()) && !spent());
  }

  private void numbers() {
    RunSpec before;
    do {
      before = best.spec();
      start();
      end();
      simplerFaults();
      rounderCalls();
      parts();
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
      int fewer = n;
      try {
        if (!accept(Scripts.sized(best.spec(), fewer, best.spec().concurrency()))) {
          return;
        }
      } catch (EnvironmentException tooFewForTheTarget) {
        return;
      }
    }
  }

  /** Some workloads have a client a node, whatever is asked for: then there is nothing to try. */
  private void clients() {
    int clients = Size.of(best.spec()).clients();
    for (int n = clients - 1; n >= 1; n--) {
      RunSpec fewer = Scripts.sized(best.spec(), best.spec().nodes(), n);
      if (Size.of(fewer).clients() >= Size.of(best.spec()).clients() || !accept(fewer)) {
        return;
      }
    }
  }

  /** What is waited for before anything happens. */
  private void start() {
    long millis = Scripts.first(best.spec()).toMillis() / STEP_MILLIS * STEP_MILLIS;
    if (!best.spec().script().isEmpty() && millis > 0) {
      RunSpec earlier = Scripts.earlier(best.spec(), Duration.ofMillis(millis));
      Duration shortest = Duration.ofMillis(SHORTEST_MILLIS);
      Duration time = earlier.time().compareTo(shortest) < 0 ? shortest : earlier.time();
      boolean unused = accept(earlier.with(earlier.seed(), earlier.plan(), time));
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

  /** Without the faults and calls that would start after the end. */
  private static RunSpec ending(RunSpec spec, Duration end) {
    List<Fault> left =
        spec.plan().faults().stream()
            .filter(f -> !(f.from() instanceof Anchor.At at) || at.at().compareTo(end) < 0)
            .toList();
    List<Call> calls = spec.script().stream().filter(c -> isBefore(c.at(), end)).toList();
    return spec.scripted(calls).with(spec.seed(), new FaultPlan(left), end);
  }

  private static boolean isBefore(@Nullable Duration at, Duration end) {
    return at == null || at.compareTo(end) < 0;
  }

  /** An empty script would stand for operations that the workload chooses. */
  private void operations() {
    List<Call> unused =
        reduce(best.spec().script(), left -> !left.isEmpty() && accept(best.spec().scripted(left)));
    withoutAnchors();
  }

  /** A call may only be there for the event that a fault waits for. */
  private void withoutAnchors() {
    for (int i = best.spec().script().size() - 1; i >= 0 && !spent(); i--) {
      FaultPlan plan = best.spec().plan();
      FaultPlan observed = ObservedPlan.of(plan, best.history());
      List<Call> left = new ArrayList<>(best.spec().script());
      left.remove(i);
      if (observed.faults().size() <= plan.faults().size() && !left.isEmpty()) {
        boolean unused = accept(plan(best.spec().scripted(left), observed));
      }
    }
  }

  /** Rounder times of calls. */
  private void rounderCalls() {
    for (int i = 0; i < best.spec().script().size() && !spent(); i++) {
      List<Call> calls = best.spec().script();
      Call call = calls.get(i);
      Duration at = call.at();
      for (String round : at == null ? List.<String>of() : Simpler.rounded(Durations.format(at))) {
        List<Call> changed = new ArrayList<>(calls);
        changed.set(i, call.at(Durations.parse(round)));
        if (accept(best.spec().scripted(changed))) {
          break;
        }
      }
    }
  }

  /** Fault by fault; a success is tried further in the same direction. */
  private void simplerFaults() {
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

  /**
   * How many operations the clients invoked until the promise was broken, that is, until the last
   * step of the witness.
   */
  public static long operations(Trial trial) {
    Judgement.Finding headline = trial.judgement().headline();
    if (headline == null || !(headline.verdict() instanceof Verdict.Invalid invalid)) {
      return 0;
    }
    long last =
        invalid.witness().steps().stream()
            .mapToLong(Witness.Step::index)
            .max()
            .orElse(Long.MAX_VALUE);
    return trial.history().operations().stream().filter(o -> o.invoked() <= last).count();
  }

  /** What a small run consists of, for people: {@code 1 fault, 3 nodes, …}. */
  public static String shape(Trial trial) {
    RunSpec spec = trial.spec();
    List<Call> script = spec.script();
    Size size = Size.of(spec);
    long clients =
        script.isEmpty() ? size.clients() : script.stream().map(Call::client).distinct().count();
    return "%s, %s, %s, %s, %s"
        .formatted(
            count(spec.plan().faults().size(), "fault"),
            count(size.nodes(), "node"),
            count(clients, "client"),
            count(operations(trial), "operation"),
            Durations.format(spec.time()));
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
