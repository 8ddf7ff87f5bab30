package dev.faultline.harness.gen;

/**
 * An open pace.
 *
 * @param mean nanoseconds between two operations, on average
 * @param backlog how far behind it may be, nanoseconds
 * @param n operations made so far
 * @param due when the next operation may be made, nanoseconds since the run's start
 */
record Stagger(String path, long mean, long backlog, Generator part, long n, long due)
    implements Generator {
  static final long NOT_BEGUN = Long.MIN_VALUE;

  /** A pace that forgets what could not be taken in time, but for ten operations. */
  static Stagger forgiving(String path, long mean, Generator part) {
    return new Stagger(path, mean, 10 * mean, part, 0, NOT_BEGUN);
  }

  /** A pace that forgets nothing. */
  static Stagger open(String path, long mean, Generator part) {
    return new Stagger(path, mean, Long.MAX_VALUE, part, 0, NOT_BEGUN);
  }

  @Override
  public Step next(Context context) {
    long from = due == NOT_BEGUN ? context.now() : due;
    if (context.now() < from) {
      return new Step.Wait(from, this);
    }
    return switch (part.next(context)) {
      case Step.Do act -> {
        long gap = (long) (2.0 * mean * context.random(path, n).nextDouble());
        long next =
            backlog == Long.MAX_VALUE ? from + gap : Math.max(from + gap, context.now() - backlog);
        yield new Step.Do(
            act.ask().due(from), new Stagger(path, mean, backlog, act.rest(), n + 1, next));
      }
      case Step.Wait wait ->
          new Step.Wait(
              wait.until(),
              Generators.same(wait.rest(), part) && from == due
                  ? this
                  : new Stagger(path, mean, backlog, wait.rest(), n, from));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part)
        ? this
        : new Stagger(path, mean, backlog, updated, n, due);
  }
}
