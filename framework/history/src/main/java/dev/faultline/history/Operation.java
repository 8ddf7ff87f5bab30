package dev.faultline.history;

import org.jspecify.annotations.Nullable;

/**
 * An invocation with its completion.
 *
 * @param id position among the history's operations, from 0, in the order of invocation
 * @param input the invocation's value
 * @param output the completion's value; null when there was none
 * @param error why, unless {@code outcome} is {@code OK}
 * @param invoked index of the invocation's line
 * @param invokeTime nanoseconds since the run's start
 * @param returned index of the completion's line; {@link #NEVER} for {@code INFO}
 * @param returnTime nanoseconds since the run's start; {@link #NEVER} for {@code INFO}
 * @param intendedTime when it was to be invoked: its {@code invokeTime} unless it had to wait for a
 *     client
 */
public record Operation(
    int id,
    int process,
    String f,
    @Nullable Object key,
    @Nullable Object input,
    @Nullable Object output,
    Outcome outcome,
    @Nullable String error,
    long invoked,
    long invokeTime,
    long returned,
    long returnTime,
    @Nullable String client,
    @Nullable String node,
    long intendedTime) {
  /** The return of an operation that may still take effect after the history's end. */
  public static final long NEVER = Long.MAX_VALUE;

  public boolean ok() {
    return outcome == Outcome.OK;
  }

  /**
   * Nanoseconds from when it was to be invoked to its return: what a user would have waited, also
   * where slow answers kept clients from asking (no coordinated omission). {@link #NEVER} for
   * {@code INFO}.
   */
  public long latency() {
    return returnTime == NEVER ? NEVER : returnTime - intendedTime;
  }

  /** Whether this one had returned before the other was invoked. */
  public boolean precedes(Operation other) {
    return returned < other.invoked;
  }
}
