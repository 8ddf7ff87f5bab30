package dev.faultline.harness.gen;

/**
 * A gap after each start of an operation.
 *
 * @param gap nanoseconds
 * @param due when the next operation may be made, nanoseconds since the run's start
 */
record Every(long gap, Generator part, long due) implements Generator {
  @Override
  public Step next(Context context) {
    return switch (part.next(context)) {
      case Step.Do early when context.now() < due -> new Step.Wait(due, this);
      case Step.Do act -> new Step.Do(act.ask(), new Every(gap, act.rest(), context.now() + gap));
      case Step.Wait wait -> new Step.Wait(wait.until(), new Every(gap, wait.rest(), due));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new Every(gap, updated, due);
  }
}
