package dev.faultline.harness.search;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tries schedules by index. A schedule is a pure function of (seed, index), so that any part of a
 * campaign can be done anywhere, and its hash is a sum, so that the order does not matter.
 */
public final class Explorer {
  private final Trials trials;
  private final List<String> kinds;
  private final Strategy strategy;
  private final long seed;
  private final Map<Cause, Found> findings = new TreeMap<>();
  private long schedules;
  private long invalid;
  private long notCounted;
  private long hash;

  /**
   * @param kinds fault kinds to choose from; none for schedules without faults
   */
  public Explorer(Trials trials, List<String> kinds, Strategy strategy, long seed) {
    this.trials = trials;
    this.kinds = List.copyOf(kinds);
    this.strategy = strategy;
    this.seed = seed;
  }

  /**
   * A cause that was found.
   *
   * @param first the schedule with the lowest index
   * @param times how many schedules had it
   */
  public record Found(Cause cause, long index, Trial first, long times) {}

  /**
   * What a search did.
   *
   * @param notCounted schedules that were void or unknown
   * @param hash sum of the histories' hashes
   */
  public record Summary(
      long schedules, long invalid, long notCounted, long hash, List<Found> findings) {}

  /** Tries one schedule. */
  public Trial attempt(long index) {
    long own = KeyedRandom.at(seed, index, "schedule");
    FaultPlan plan = kinds.isEmpty() ? FaultPlan.NONE : strategy.plan(trials, kinds, own);
    Trial trial = trials.run(trials.base().with(own, plan, trials.base().time()));
    schedules++;
    hash += trial.hash();
    Cause cause = Cause.of(trial.judgement());
    if (cause != null) {
      invalid++;
      findings.merge(
          cause,
          new Found(cause, index, trial, 1),
          (old, fresh) ->
              old.index < index
                  ? new Found(cause, old.index, old.first, old.times + 1)
                  : new Found(cause, index, trial, old.times + 1));
    } else if (trial.judgement().status() != Status.VALID) {
      notCounted++;
    }
    return trial;
  }

  public Summary summary() {
    return new Summary(schedules, invalid, notCounted, hash, List.copyOf(findings.values()));
  }
}
