package dev.faultline.harness.search;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Performed;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import java.util.List;
import java.util.function.LongSupplier;

/** Measures what a schedule costs, stage by stage: the plan of its faults, the run, the checks. */
public final class SimBench {
  /** Schedules that are run before anything is counted, so that the code is compiled. */
  public static final long WARM_UP = 30_000;

  private final Trials trials;
  private final Terrain terrain;
  private final LongSupplier clock;
  private long planned;
  private long performed;
  private long judged;
  private long schedules;
  private long operations;
  private long entries;
  private long faults;
  private long invalid;
  private long hash;

  /**
   * @param kinds fault kinds to choose from; none for schedules without faults
   * @param clock nanoseconds, of the thread or of the wall
   */
  public SimBench(Trials trials, List<String> kinds, LongSupplier clock) {
    this.trials = trials;
    this.terrain = trials.terrain(List.copyOf(kinds));
    this.clock = clock;
  }

  /**
   * Sums over the schedules since the start of the count.
   *
   * @param plan nanoseconds spent on plans; {@code run} and {@code check} on the other stages
   * @param entries lines of the histories
   * @param hash sum of the histories' hashes, the same on every JVM
   */
  public record Sums(
      long schedules,
      long plan,
      long run,
      long check,
      long operations,
      long entries,
      long faults,
      long invalid,
      long hash) {
    public long nanos() {
      return plan + run + check;
    }
  }

  /** Runs the schedule of an index and adds to the sums. */
  public void attempt(long index) {
    long seed = KeyedRandom.at(1, index, "bench");
    long start = clock.getAsLong();
    FaultPlan plan =
        terrain.kinds().isEmpty() ? FaultPlan.NONE : Strategy.SWARM.plan(trials, terrain, seed);
    long mixed = clock.getAsLong();
    Performed run = trials.perform(trials.base().with(seed, plan, trials.base().time()), null);
    hash += run.history().hash();
    long over = clock.getAsLong();
    Trial trial = trials.judge(run);
    long end = clock.getAsLong();
    planned += mixed - start;
    performed += over - mixed;
    judged += end - over;
    schedules++;
    operations += run.history().operations().size();
    entries += run.history().entries().size();
    faults += plan.faults().size();
    invalid += trial.judgement().status() == Status.INVALID ? 1 : 0;
  }

  /** What was counted, and begins to count anew. */
  public Sums take() {
    Sums sums =
        new Sums(schedules, planned, performed, judged, operations, entries, faults, invalid, hash);
    schedules = planned = performed = judged = operations = entries = faults = invalid = hash = 0;
    return sums;
  }
}
