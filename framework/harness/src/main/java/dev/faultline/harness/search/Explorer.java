package dev.faultline.harness.search;

import dev.faultline.harness.Target;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Summary.Found;
import dev.faultline.harness.search.Summary.Sighting;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tries schedules by index. A schedule is a pure function of (seed, index), so that any part of a
 * campaign can be done anywhere, and its hash is a sum, so that the order does not matter. One
 * thread tries; others may ask for the summary.
 */
public final class Explorer {
  private final Trials trials;
  private final Terrain terrain;
  private final Strategy strategy;
  private final long seed;
  private final Map<Cause, Found> findings = new TreeMap<>();
  private final Map<String, Long> goals = new TreeMap<>();
  private final Set<Long> states = new HashSet<>();
  private final Set<Long> pairs = new HashSet<>();
  private long schedules;
  private long invalid;
  private long notCounted;
  private long hash;

  /**
   * @param kinds fault kinds to choose from; none for schedules without faults
   */
  public Explorer(Trials trials, List<String> kinds, Strategy strategy, long seed) {
    this(trials, terrain(trials, kinds), strategy, seed);
  }

  Explorer(Trials trials, Terrain terrain, Strategy strategy, long seed) {
    this.trials = trials;
    this.terrain = terrain;
    this.strategy = strategy;
    this.seed = seed;
    trials.goals().forEach(goal -> goals.put(goal.id(), 0L));
  }

  /** What plans are made of, with the events that a run without faults showed. */
  static Terrain terrain(Trials trials, List<String> kinds) {
    return kinds.isEmpty() ? trials.terrain(kinds) : Probe.terrain(trials, List.copyOf(kinds));
  }

  /** The schedule of an index: a pure function of the campaign's seed and the index. */
  public RunSpec schedule(long index) {
    return seeded(KeyedRandom.at(seed, index, "schedule"));
  }

  /** The schedule whose own seed this is. */
  public RunSpec seeded(long own) {
    FaultPlan plan =
        terrain.kinds().isEmpty() ? FaultPlan.NONE : strategy.plan(trials, terrain, own);
    return trials.base().with(own, plan, trials.base().time());
  }

  /** Tries one schedule. */
  public Trial attempt(long index) {
    return attempt(index, schedule(index));
  }

  /** Tries any schedule, such as that of a {@link #seeded}, and counts it as this index. */
  public Trial attempt(long index, RunSpec schedule) {
    Trial trial = trials.run(schedule);
    Coverage coverage = Coverage.of(trial.history());
    List<String> reached =
        trials.goals().stream()
            .filter(goal -> goal.reached().test(trial.history()))
            .map(Target.Goal::id)
            .toList();
    count(index, trial, coverage, reached);
    return trial;
  }

  private synchronized void count(
      long index, Trial trial, Coverage coverage, List<String> reached) {
    schedules++;
    hash += trial.hash();
    states.addAll(coverage.states());
    pairs.addAll(coverage.pairs());
    reached.forEach(goal -> goals.merge(goal, 1L, Long::sum));
    Cause cause = Cause.of(trial.judgement());
    if (cause != null) {
      invalid++;
      List<Sighting> first = List.of(Sighting.of(index, trial));
      findings.merge(cause, new Found(cause, first, 1), Found::plus);
    } else if (trial.judgement().status() != Status.VALID) {
      notCounted++;
    }
  }

  /** What was done so far. */
  public synchronized Summary summary() {
    return new Summary(
        schedules,
        invalid,
        notCounted,
        hash,
        Set.copyOf(states),
        Set.copyOf(pairs),
        new TreeMap<>(goals),
        List.copyOf(findings.values()));
  }
}
