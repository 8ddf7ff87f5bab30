package dev.faultline.blocking.kernel;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Threads that wait until something about a socket has changed. */
final class Waiters {
  static final long FOREVER = Long.MAX_VALUE;

  private final Universe universe;
  private final List<Thread> threads = new ArrayList<>();

  Waiters(Universe universe) {
    this.universe = universe;
  }

  /** A moment so many milliseconds from now; 0 means never, as in socket options. */
  static long deadline(Universe universe, int millis) {
    return millis == 0 ? FOREVER : universe.now() + millis * 1_000_000L;
  }

  /**
   * Waits; the caller looks again at what it waits for. False if the time is up.
   *
   * @throws InterruptedIOException on an interrupt, after which the JDK closes the socket
   */
  boolean await(long deadline) throws InterruptedIOException {
    Thread self = Thread.currentThread();
    if (self.isInterrupted()) {
      throw new InterruptedIOException("Closed by interrupt");
    }
    threads.add(self);
    try {
      if (deadline == FOREVER) {
        LockSupport.park(this);
        return true;
      }
      long left = deadline - universe.now();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
      return true;
    } finally {
      threads.remove(self);
    }
  }

  void wake() {
    List.copyOf(threads).forEach(LockSupport::unpark);
  }
}
