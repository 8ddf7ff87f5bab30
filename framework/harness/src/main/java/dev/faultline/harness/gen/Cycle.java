package dev.faultline.harness.gen;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Round after round.
 *
 * @param round the number of the round at work
 * @param current its generator; null if it has not begun
 */
record Cycle(LongFunction<Generator> rounds, long times, long round, @Nullable Generator current)
    implements Generator {

  @Override
  public Step next(Context context) {
    if (current != null) {
      Step step = go(round, current.next(context));
      return step instanceof Step.Done ? begin(context, round + 1) : step;
    }
    return begin(context, round);
  }

  private Step begin(Context context, long number) {
    return number >= times ? new Step.Done() : go(number, rounds.apply(number).next(context));
  }

  private Step go(long number, Step step) {
    return switch (step) {
      case Step.Do act -> new Step.Do(act.ask(), new Cycle(rounds, times, number, act.rest()));
      case Step.Wait wait ->
          new Step.Wait(wait.until(), new Cycle(rounds, times, number, wait.rest()));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = current == null ? null : current.update(context, completed);
    return Generators.same(updated, current) ? this : new Cycle(rounds, times, round, updated);
  }
}
