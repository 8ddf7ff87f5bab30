package dev.faultline.blocking.kernel;

import dev.faultline.blocking.boot.Hooks;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees when one turn of a thread takes too long in real time: it loops without waiting, or waits
 * where the carrier waits with it. Nothing but the end of the JVM helps then.
 */
final class Watchdog {
  private static final long LOOK = 50_000_000;

  private final long limit;
  private final Consumer<String> end;
  private volatile @Nullable Thread thread;
  private volatile long turn;
  private long turns;

  /** Looks from now on; {@code end} is told why, and shall end the JVM. */
  Watchdog(long limitNanos, Consumer<String> end) {
    limit = limitNanos;
    this.end = end;
    Thread.ofPlatform().name("watchdog").daemon().start(this::watch);
  }

  void turnOf(Thread whose) {
    turn = ++turns;
    thread = whose;
  }

  void turnIsOver() {
    thread = null;
  }

  private void watch() {
    long seen = -1;
    long since = 0;
    while (true) {
      LockSupport.parkNanos(LOOK);
      Thread whose = thread;
      if (whose == null || turn != seen) {
        seen = turn;
        since = Hooks.nanoTime();
      } else if (Hooks.nanoTime() - since > limit) {
        end.accept(
            "turn-without-end: thread \""
                + whose.getName()
                + "\" has not waited for "
                + limit / 1_000_000
                + " ms of real time: a loop, or a wait outside of the simulation"
                + Refusals.place(whose.getStackTrace()));
        return;
      }
    }
  }
}
