package dev.faultline.junit;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Summary;
import dev.faultline.harness.search.Summary.Sighting;
import dev.faultline.spec.RunSpec;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Tries schedules until one is what a test looks for. */
final class SimSearch {
  private final SimTest test;
  private final Explorer explorer;

  SimSearch(SimTest test, Explorer explorer) {
    this.test = test;
    this.explorer = explorer;
  }

  /**
   * How far it came.
   *
   * @param hit the first schedule that is invalid, by the property that is looked for if there is
   *     one
   * @param reasons why the last schedule proves nothing, if so
   */
  record Outcome(Summary summary, @Nullable Sighting hit, List<String> reasons) {}

  /** Schedules by index, so many at most. */
  Outcome upTo(long schedules) {
    return search(schedules, explorer::schedule);
  }

  /** Schedules by their own seeds. */
  Outcome of(List<Long> seeds) {
    return search(seeds.size(), i -> explorer.seeded(seeds.get((int) i)));
  }

  private Outcome search(long count, LongFunction<RunSpec> schedule) {
    List<String> reasons = List.of();
    for (long index = 0; index < count; index++) {
      Trial trial = explorer.attempt(index, schedule.apply(index));
      reasons = trial.judgement().reasons();
      if (isHit(trial.judgement())) {
        return new Outcome(explorer.summary(), Sighting.of(index, trial), reasons);
      }
    }
    return new Outcome(explorer.summary(), null, reasons);
  }

  private boolean isHit(Judgement judgement) {
    return judgement.status() == Status.INVALID
        && (test.property().isEmpty()
            || judgement.findings().stream()
                .anyMatch(f -> f.fails() && f.property().equals(test.property())));
  }
}
