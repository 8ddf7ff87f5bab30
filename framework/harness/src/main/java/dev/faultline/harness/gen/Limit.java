package dev.faultline.harness.gen;

/**
 * At most so many operations.
 *
 * @param left how many are left
 */
record Limit(long left, Generator part) implements Generator {
  @Override
  public Step next(Context context) {
    if (left <= 0) {
      return new Step.Done();
    }
    return switch (part.next(context)) {
      case Step.Do act -> new Step.Do(act.ask(), new Limit(left - 1, act.rest()));
      case Step.Wait wait -> new Step.Wait(wait.until(), new Limit(left, wait.rest()));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new Limit(left, updated);
  }
}
