package dev.faultline.harness.gen;

import java.util.Set;

/**
 * A part with at most so many operations open.
 *
 * @param open clients with one
 */
record InFlight(int most, Generator part, Set<String> open) implements Generator {
  @Override
  public Step next(Context context) {
    if (open.size() >= most) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    return switch (part.next(context)) {
      case Step.Do act ->
          new Step.Do(
              act.ask(), new InFlight(most, act.rest(), Generators.with(open, act.ask().client())));
      case Step.Wait wait -> new Step.Wait(wait.until(), new InFlight(most, wait.rest(), open));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    Set<String> left = Generators.without(open, completed.client());
    return Generators.same(updated, part) && Generators.same(left, open)
        ? this
        : new InFlight(most, updated, left);
  }
}
