package dev.faultline.harness.gen;

import java.util.List;

/**
 * Parts by turns, each for a while; they keep their state until their next turn.
 *
 * @param lengths nanoseconds of each part's turn
 * @param begin when it was first asked, or {@link Sleep#NOT_BEGUN}
 */
record Times(List<Long> lengths, List<Generator> parts, long begin) implements Generator {
  @Override
  public Step next(Context context) {
    Times now = begin == Sleep.NOT_BEGUN ? new Times(lengths, parts, context.now()) : this;
    long round = lengths.stream().mapToLong(Long::longValue).sum();
    long past = (context.now() - now.begin) % round;
    int turn = 0;
    while (past >= lengths.get(turn)) {
      past -= lengths.get(turn++);
    }
    long end = context.now() - past + lengths.get(turn);
    Times rest = now.with(turn, Generators.nothing());
    return switch (now.parts.get(turn).next(context)) {
      case Step.Do act -> new Step.Do(act.ask(), now.with(turn, act.rest()));
      case Step.Wait wait ->
          new Step.Wait(Math.min(wait.until(), end), now.with(turn, wait.rest()));
      case Step.Done done ->
          rest.parts.stream().allMatch(p -> p.next(context) instanceof Step.Done)
              ? done
              : new Step.Wait(end, rest);
    };
  }

  private Times with(int turn, Generator part) {
    return new Times(lengths, Generators.replaced(parts, turn, part), begin);
  }

  @Override
  public Generator update(Context context, Completed completed) {
    List<Generator> updated = Generators.updated(parts, context, completed);
    return Generators.same(updated, parts) ? this : new Times(lengths, updated, begin);
  }
}
