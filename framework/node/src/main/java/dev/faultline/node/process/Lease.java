package dev.faultline.node.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Faults last only while the harness goes on: unless it renews its lease in time, they are taken
 * back here, where they are. Counts from the first renewal, and only time in which this process
 * ran, so that being frozen is no lapse. For any thread.
 */
public final class Lease {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(200);

  private final Runnable heal;
  private boolean started;
  private boolean held;
  private long left;

  /**
   * @param heal takes the faults back; called on a thread of its own, once for each lapse
   */
  public Lease(Runnable heal) {
    this.heal = heal;
  }

  /** Holds from now on for so long. */
  public synchronized void renew(Duration term) {
    held = true;
    left = term.toNanos();
    if (!started) {
      started = true;
      Threads.start("lease", this::watch);
    }
  }

  /** Time went by; whether the lease lapses now. */
  synchronized boolean passed(long nanos) {
    left -= Math.min(nanos, 2 * TICK);
    boolean lapses = held && left <= 0;
    held &= !lapses;
    return lapses;
  }

  private void watch() throws InterruptedException {
    long last = System.nanoTime();
    while (true) {
      TimeUnit.NANOSECONDS.sleep(TICK);
      long now = System.nanoTime();
      if (passed(now - last)) {
        heal.run();
      }
      last = now;
    }
  }
}
