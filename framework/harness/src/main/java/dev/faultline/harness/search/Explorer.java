package dev.faultline.harness.search;

import dev.faultline.harness.Target;
import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Ending;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;

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
  private final Tally tally;
  private final Coverage coverage = new Coverage();

  /**
   * @param kinds fault kinds to choose from; none for schedules without faults
   */
  public Explorer(Trials trials, List<String> kinds, Strategy strategy, long seed) {
    this(trials, terrain(trials, kinds), strategy, seed, new Tally(trials.goals()));
  }

  Explorer(Trials trials, Terrain terrain, Strategy strategy, long seed, Tally tally) {
    this.trials = trials;
    this.terrain = terrain;
    this.strategy = strategy;
    this.seed = seed;
    this.tally = tally;
  }

  /** What plans are made of, with the events that a run without faults showed. */
  static Terrain terrain(Trials trials, List<String> kinds) {
    return kinds.isEmpty() ? trials.terrain(kinds) : Probe.terrain(trials, List.copyOf(kinds));
  }

  /** The schedule of an index: a pure function of the campaign's seed and the index. */
  public RunSpec schedule(long index) {
    return seeded(Strategy.seed(seed, index));
  }

  /** The schedule whose own seed this is. */
  public RunSpec seeded(long own) {
    FaultPlan plan =
        terrain.kinds().isEmpty() ? FaultPlan.NONE : strategy.plan(trials, terrain, own);
    RunSpec spec = trials.base().with(own, plan, trials.base().time());
    boolean half = KeyedRandom.at(own, 0, "schedule", "ending") < 0;
    return spec.ending() == Ending.ALL && half ? spec.ending(Ending.MAJORITY) : spec;
  }

  /** Tries one schedule. */
  public Trial attempt(long index) {
    return attempt(index, schedule(index));
  }

  /** Tries any schedule, such as that of a {@link #seeded}, and counts it as this index. */
  public Trial attempt(long index, RunSpec schedule) {
    Trial trial = trials.run(schedule);
    coverage.read(trial.history());
    List<String> reached = new ArrayList<>();
    for (Target.Goal goal : trials.goals()) {
      if (goal.reached().test(trial.history())) {
        reached.add(goal.id());
      }
    }
    tally.count(index, trial, coverage, reached);
    return trial;
  }

  /** What was done so far. */
  public Summary summary() {
    return tally.summary();
  }
}
