package dev.faultline.harness.run;

import dev.faultline.harness.Scheduler;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop in real time, on a thread of its own. It goes in turns: what is due, then what was
 * posted, then what is to be done after each turn. A task that throws ends the loop's run.
 */
final class RealScheduler implements Scheduler, AutoCloseable {
  /** Posted tasks of one turn; more wait for the next. */
  private static final int TURN = 256;

  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

  private final TimerHeap timers;
  private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final Consumer<Throwable> onFailure;
  private volatile Runnable afterTurn = () -> {};
  private final Thread thread;
  private volatile long origin = System.nanoTime();
  private volatile boolean parked;
  private volatile boolean closed;

  /**
   * @param onFailure hears of a task that threw, on the loop's thread
   */
  RealScheduler(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().daemon().name("faultline-loop").unstarted(this::loop);
    this.timers = new TimerHeap(thread);
    thread.start();
  }

  /** To be called after each turn in which something was done, on the loop's thread. */
  void afterTurn(Runnable task) {
    afterTurn = task;
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
    long raw = origin + time;
    if (Thread.currentThread() == thread) {
      return timers.add(raw, task);
    }
    Handed handed = new Handed(task);
    post(() -> timers.add(raw, handed));
    return handed;
  }

  /** A task from another thread: cancelled, it does nothing. */
  private static final class Handed implements Task, Runnable {
    private volatile @Nullable Runnable task;

    Handed(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      Runnable now = task;
      if (now != null) {
        now.run();
      }
    }

    @Override
    public void cancel() {
      task = null;
    }
  }

  @Override
  public void post(Runnable task) {
    posted.add(task);
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  private void loop() {
    while (!closed) {
      boolean idle = true;
      for (TimerHeap.Timer due = due(); due != null && !closed; due = due()) {
        idle = false;
        if (!due.isCancelled()) {
          run(due.task);
        }
      }
      Runnable next = null;
      for (int i = 0; i < TURN && !closed && (next = posted.poll()) != null; i++) {
        idle = false;
        run(next);
      }
      if (idle) {
        park();
      } else {
        run(afterTurn);
      }
    }
  }

  private TimerHeap.@Nullable Timer due() {
    return timers.due(System.nanoTime());
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private void park() {
    parked = true;
    long wait = Math.min(LONGEST_WAIT, timers.untilDue(System.nanoTime()));
    if (posted.isEmpty() && !closed && wait > 0) {
      LockSupport.parkNanos(this, wait);
    }
    parked = false;
  }

  /** Ends the loop; what was scheduled is dropped. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() != thread) {
      try {
        thread.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
