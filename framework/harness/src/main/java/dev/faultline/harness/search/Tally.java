package dev.faultline.harness.search;

import dev.faultline.harness.Target;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Summary.Found;
import dev.faultline.harness.search.Summary.Sighting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums over the schedules of a search, by any number of threads, in memory that does not grow. */
final class Tally {
  private final Map<Cause, Found> findings = new TreeMap<>();
  private final Map<String, Long> goals = new TreeMap<>();
  private final Distinct states = new Distinct();
  private final Distinct pairs = new Distinct();
  private long schedules;
  private long invalid;
  private long fewer;
  private long notCounted;
  private long hash;

  Tally(List<Target.Goal> goals) {
    goals.forEach(goal -> this.goals.put(goal.id(), 0L));
  }

  synchronized void count(long index, Trial trial, Coverage coverage, List<String> reached) {
    schedules++;
    hash += trial.hash();
    coverage.addTo(states, pairs);
    reached.forEach(goal -> goals.merge(goal, 1L, Long::sum));
    Judgement judgement = trial.judgement();
    Cause cause = Cause.of(judgement);
    if (cause != null) {
      invalid++;
      List<Sighting> first = List.of(Sighting.of(index, trial));
      findings.merge(cause, new Found(cause, first, 1), Found::plus);
    } else if (judgement.heldUnderFewerFaults()) {
      fewer++;
    } else if (judgement.status() != Status.VALID) {
      notCounted++;
    }
  }

  synchronized Pulse pulse() {
    return new Pulse(schedules, invalid, fewer, notCounted, states.count(), findings.size());
  }

  synchronized Summary summary() {
    return new Summary(
        schedules,
        invalid,
        fewer,
        notCounted,
        hash,
        states.copy(),
        pairs.copy(),
        new TreeMap<>(goals),
        List.copyOf(findings.values()));
  }
}
