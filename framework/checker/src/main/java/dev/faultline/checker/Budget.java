package dev.faultline.checker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a check may spend: time from this object's creation, memory that the check itself accounts
 * for, and threads. The only clock that a checker may read.
 */
public final class Budget {
  /** Steps of a loop between two looks at the clock. */
  private static final int SELDOM = 1 << 12;

  private final long deadline;
  private final Duration time;
  private final long bytes;
  private final int threads;
  private final @Nullable Budget whole;
  private volatile boolean cancelled;

  /**
   * A budget of one thread that starts now.
   *
   * @param time wall time for one check
   * @param bytes memory that a check may hold in its own tables
   */
  public Budget(Duration time, long bytes) {
    this(time, bytes, 1);
  }

  /**
   * A budget that starts now.
   *
   * @param time wall time for one check
   * @param bytes memory that a check may hold in its own tables
   * @param threads how many threads may work on it; no verdict depends on that
   */
  public Budget(Duration time, long bytes, int threads) {
    this(time, bytes, threads, null);
  }

  private Budget(Duration time, long bytes, int threads, @Nullable Budget whole) {
    this.whole = whole;
    this.time = time;
    this.bytes = bytes;
    this.threads = Math.max(1, threads);
    this.deadline = System.nanoTime() + time.toNanos();
  }

  /** One minute, a quarter of the heap, and one thread. */
  public static Budget standard() {
    return new Budget(Duration.ofMinutes(1), Runtime.getRuntime().maxMemory() / 4);
  }

  /** A share of this one that starts now, for one thread; it ends with this one at the latest. */
  public Budget share(Duration most) {
    return new Budget(most, bytes, 1, this);
  }

  /** This share of the time that is left, so that what comes after it is in time too. */
  public Budget rest(double share) {
    long left = Math.max(0, deadline - System.nanoTime());
    return new Budget(Duration.ofNanos((long) (share * left)), bytes, threads, this);
  }

  public Duration time() {
    return time;
  }

  public long bytes() {
    return bytes;
  }

  public int threads() {
    return threads;
  }

  /** Ends every check that runs on this budget, soon; from any thread. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Thrown where a check can only give up, by {@link #poll}.
   *
   * <p>Its message says which budget ran out, as a noun.
   */
  public static final class Spent extends RuntimeException {
    private Spent(String what) {
      super(what, null, false, false);
    }

    /** Which budget ran out. */
    public String what() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Nothing, while the check may go on.
   *
   * @throws Spent if it may not
   */
  public void poll() {
    String what = exhausted(0);
    if (what != null) {
      throw new Spent(what);
    }
  }

  /**
   * The same, at some steps of a long loop only.
   *
   * @param step which one this is
   * @throws Spent if the check may not go on
   */
  public void poll(int step) {
    if ((step & (SELDOM - 1)) == SELDOM - 1) {
      poll();
    }
  }

  /** What ends the check, as a noun, given the bytes now held; null while it may go on. */
  public @Nullable String exhausted(long bytesHeld) {
    if (cancelled) {
      return "cancellation";
    }
    String first = whole == null ? null : whole.exhausted(bytesHeld);
    if (first != null) {
      return first;
    }
    if (bytesHeld > bytes) {
      return "memory budget of " + bytes / 1_000_000 + " MB";
    }
    return System.nanoTime() - deadline > 0 ? "time budget of " + time.toMillis() + " ms" : null;
  }
}
