package dev.faultline.harness.gen;

/**
 * Done after a while.
 *
 * @param nanos how long
 * @param end nanoseconds since the run's start, or {@link Sleep#NOT_BEGUN}
 */
record TimeLimit(long nanos, Generator part, long end) implements Generator {
  @Override
  public Step next(Context context) {
    long until = end == Sleep.NOT_BEGUN ? context.now() + nanos : end;
    if (context.now() >= until) {
      return new Step.Done();
    }
    return switch (part.next(context)) {
      case Step.Do act -> new Step.Do(act.ask(), new TimeLimit(nanos, act.rest(), until));
      case Step.Wait wait ->
          new Step.Wait(Math.min(wait.until(), until), new TimeLimit(nanos, wait.rest(), until));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new TimeLimit(nanos, updated, end);
  }
}
