package dev.faultline.harness.gen;

/**
 * Nothing for a while.
 *
 * @param nanos how long
 * @param end nanoseconds since the run's start, or {@link #NOT_BEGUN}
 */
record Sleep(long nanos, long end) implements Generator {
  static final long NOT_BEGUN = Long.MIN_VALUE;

  @Override
  public Step next(Context context) {
    long until = end == NOT_BEGUN ? context.now() + nanos : end;
    return context.now() >= until ? new Step.Done() : new Step.Wait(until, new Sleep(nanos, until));
  }
}
