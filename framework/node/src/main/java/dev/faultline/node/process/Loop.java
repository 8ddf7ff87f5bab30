package dev.faultline.node.process;

import dev.faultline.node.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which everything of a node runs, and its timers, which run by the steered
 * clock. Tasks run in the order in which they were posted; a timer that is due goes first.
 */
final class Loop implements Timers {
  private final SteeredClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long order;

  Loop(SteeredClock clock) {
    this.clock = clock;
  }

  /** Runs a task on the loop's thread, soon; for any thread. */
  void post(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The clock was set: what timers wait for is reckoned anew. For any thread. */
  void clockChanged() {
    post(() -> {});
  }

  @Override
  public Timer after(Duration delay, Runnable callback) {
    lock.lock();
    try {
      Due due = new Due(clock.monotonic() + delay.toNanos(), order++, callback);
      timers.add(due);
      changed.signal();
      return due;
    } finally {
      lock.unlock();
    }
  }

  /** Runs tasks for ever; what a task throws ends it. */
  void run() throws InterruptedException {
    while (true) {
      next().run();
    }
  }

  private Runnable next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        Due first = timers.peek();
        while (first != null && first.cancelled) {
          timers.remove();
          first = timers.peek();
        }
        long wait = first == null ? Long.MAX_VALUE : clock.trueNanosUntil(first.at());
        if (wait == 0) {
          return timers.remove();
        }
        @Nullable Runnable task = tasks.poll();
        if (task != null) {
          return task;
        }
        var unused = changed.await(wait, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private static final class Due implements Timer, Runnable {
    private final long at;
    private final long order;
    private final Runnable callback;
    private volatile boolean cancelled;

    Due(long at, long order, Runnable callback) {
      this.at = at;
      this.order = order;
      this.callback = callback;
    }

    long at() {
      return at;
    }

    long order() {
      return order;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void run() {
      if (!cancelled) {
        callback.run();
      }
    }
  }
}
