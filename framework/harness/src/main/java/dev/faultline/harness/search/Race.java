package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How many schedules a strategy needs to make a target fail, over several campaigns. */
public final class Race {
  private final Trials trials;
  private final Terrain terrain;

  /**
   * @param kinds fault kinds to choose from
   */
  public Race(Trials trials, List<String> kinds) {
    this.trials = trials;
    this.terrain = Explorer.terrain(trials, kinds);
  }

  /**
   * What one strategy needed.
   *
   * @param schedules of each campaign up to and with the first failure, ascending; a campaign
   *     without one counts as one more than the cap
   */
  public record Result(Strategy strategy, List<Long> schedules, long cap) {
    /** The middle one, the lower of two; more than the cap if most campaigns found nothing. */
    public long median() {
      return schedules.get((schedules.size() - 1) / 2);
    }

    /** Campaigns that found nothing. */
    public long missed() {
      return schedules.stream().filter(n -> n > cap).count();
    }
  }

  /**
   * Runs campaigns with seeds 1, 2, …, each until its first invalid schedule.
   *
   * @param cap schedules after which a campaign is given up
   */
  public Result run(Strategy strategy, int campaigns, long cap) {
    List<Long> counts = new ArrayList<>();
    for (long seed = 1; seed <= campaigns; seed++) {
      counts.add(first(strategy, seed, cap));
    }
    Collections.sort(counts);
    return new Result(strategy, List.copyOf(counts), cap);
  }

  private long first(Strategy strategy, long seed, long cap) {
    Explorer explorer = new Explorer(trials, terrain, strategy, seed, new Tally(trials.goals()));
    for (long index = 0; index < cap; index++) {
      if (Cause.of(explorer.attempt(index).judgement()) != null) {
        return index + 1;
      }
    }
    return cap + 1;
  }
}
