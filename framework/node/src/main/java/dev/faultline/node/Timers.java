package dev.faultline.node;

import java.time.Duration;

/** Timers on the local monotonic clock; they die with the incarnation. */
public interface Timers {
  /** Calls back once, not before this much time of the local monotonic clock has passed. */
  Timer after(Duration delay, Runnable callback);

  /** A timer that was set. */
  interface Timer {
    /** Prevents the call, if it has not begun. */
    void cancel();
  }
}
