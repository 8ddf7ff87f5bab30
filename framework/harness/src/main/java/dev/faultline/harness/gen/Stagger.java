package dev.faultline.harness.gen;

/**
 * An open pace.
 *
 * @param mean nanoseconds between two operations, on average
 * @param n operations made so far
 * @param due when the next operation may be made, nanoseconds since the run's start
 */
record Stagger(String path, long mean, Generator part, long n, long due) implements Generator {
  static final long NOT_BEGUN = Long.MIN_VALUE;
  private static final int BACKLOG = 10;

  @Override
  public Step next(Context context) {
    long from = due == NOT_BEGUN ? context.now() : due;
    if (context.now() < from) {
      return new Step.Wait(from, this);
    }
    return switch (part.next(context)) {
      case Step.Do act -> {
        long gap = (long) (2.0 * mean * context.random(path, n).nextDouble());
        long next = Math.max(from + gap, context.now() - BACKLOG * mean);
        yield new Step.Do(act.ask(), new Stagger(path, mean, act.rest(), n + 1, next));
      }
      case Step.Wait wait ->
          new Step.Wait(
              wait.until(),
              Generators.same(wait.rest(), part) && from == due
                  ? this
                  : new Stagger(path, mean, wait.rest(), n, from));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new Stagger(path, mean, updated, n, due);
  }
}
