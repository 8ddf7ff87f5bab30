package dev.faultline.harness.run;

import dev.faultline.harness.Scheduler;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The loop in real time, on a thread of its own. A task that throws ends the loop's run. */
final class RealScheduler implements Scheduler, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile long origin = System.nanoTime();
  private long orders;
  private boolean closed;

  /**
   * @param onFailure hears of a task that threw, on the loop's thread
   */
  RealScheduler(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().daemon().name("faultline-loop").start(this::loop);
  }

  private static final class Entry implements Task {
    private final long at;
    private final long order;
    private volatile @Nullable Runnable task;

    Entry(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    long at() {
      return at;
    }

    long order() {
      return order;
    }

    @Override
    public void cancel() {
      task = null;
    }
  }

  /** Makes now the run's start: {@link #now} counts from here. */
  void begin() {
    origin = System.nanoTime();
  }

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public Task at(long time, Runnable task) {
    return add(origin + time, task);
  }

  @Override
  public void post(Runnable task) {
    add(System.nanoTime(), task);
  }

  private Task add(long raw, Runnable task) {
    lock.lock();
    try {
      Entry entry = new Entry(raw, orders++, task);
      if (!closed) {
        queue.add(entry);
        changed.signal();
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    for (Entry next = take(); next != null; next = take()) {
      Runnable task = next.task;
      if (task != null) {
        try {
          task.run();
        } catch (RuntimeException | Error e) {
          onFailure.accept(e);
        }
      }
    }
  }

  private @Nullable Entry take() {
    lock.lock();
    try {
      while (!closed) {
        Entry first = queue.peek();
        long wait = first == null ? Long.MAX_VALUE : first.at - System.nanoTime();
        if (wait <= 0) {
          return queue.poll();
        }
        long unused = changed.awaitNanos(Math.min(wait, TimeUnit.SECONDS.toNanos(1)));
      }
      return null;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the loop; what was scheduled is dropped. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (Thread.currentThread() != thread) {
      try {
        thread.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
