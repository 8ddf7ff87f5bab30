package dev.faultline.harness.run;

import dev.faultline.harness.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop cranked by hand: virtual time, one task after the other, no thread. */
final class HandScheduler implements Scheduler {
  private record Entry(long at, long order, Runnable task, boolean[] cancelled) {}

  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
  private long now;
  private long orders;

  @Override
  public long now() {
    return now;
  }

  @Override
  public Task at(long time, Runnable task) {
    boolean[] cancelled = new boolean[1];
    queue.add(new Entry(Math.max(now, time), orders++, task, cancelled));
    return () -> cancelled[0] = true;
  }

  @Override
  public void post(Runnable task) {
    Task unused = at(now, task);
  }

  /** Stands still for a while: what falls due is not run, time goes on. */
  void stall(Duration duration) {
    now += duration.toNanos();
  }

  /** Runs everything that is due within this time, and stands there. */
  void crank(Duration duration) {
    long end = now + duration.toNanos();
    for (Entry next = queue.peek(); next != null && next.at <= end; next = queue.peek()) {
      Entry due = queue.poll();
      now = Math.max(now, due.at);
      if (!due.cancelled[0]) {
        due.task.run();
      }
    }
    now = end;
  }
}
