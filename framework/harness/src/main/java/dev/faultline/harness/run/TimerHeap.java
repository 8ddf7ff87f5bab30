package dev.faultline.harness.run;

import dev.faultline.harness.Scheduler;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers by time, then by order of arrival. One that is cancelled is taken out at once, so that
 * deadlines of operations that were answered long before do not pile up. For one thread; another
 * may cancel, which then leaves the timer in until it is due.
 */
final class TimerHeap {
  private static final int OUT = -1;

  private final Thread owner;
  private @Nullable Timer[] heap = new Timer[64];
  private int size;
  private long orders;

  /** A task and when it is due. */
  static final class Timer implements Scheduler.Task {
    final long at;
    final Runnable task;
    private final TimerHeap in;
    private long order;
    private int place = OUT;
    private volatile boolean cancelled;

    Timer(long at, Runnable task, TimerHeap in) {
      this.at = at;
      this.task = task;
      this.in = in;
    }

    @Override
    public void cancel() {
      cancelled = true;
      if (Thread.currentThread() == in.owner) {
        in.remove(this);
      }
    }

    boolean isCancelled() {
      return cancelled;
    }
  }

  TimerHeap(Thread owner) {
    this.owner = owner;
  }

  Timer add(long at, Runnable task) {
    Timer timer = new Timer(at, task, this);
    timer.order = orders++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    up(size++, timer);
    return timer;
  }

  /** Takes the first out, if it is due. */
  @Nullable Timer due(long now) {
    Timer first = heap[0];
    if (size == 0 || first == null || first.at - now > 0) {
      return null;
    }
    remove(first);
    return first;
  }

  /** How long until the first is due; {@link Long#MAX_VALUE} if there is none. */
  long untilDue(long now) {
    Timer first = heap[0];
    return size == 0 || first == null ? Long.MAX_VALUE : Math.max(0, first.at - now);
  }

  int size() {
    return size;
  }

  private void remove(Timer timer) {
    int place = timer.place;
    if (place == OUT) {
      return;
    }
    timer.place = OUT;
    Timer last = heap[--size];
    heap[size] = null;
    if (last != null && place < size) {
      up(place, last);
      down(last.place, last);
    }
  }

  private void up(int from, Timer timer) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      Timer above = heap[parent];
      if (above == null || before(above, timer)) {
        break;
      }
      put(place, above);
      place = parent;
    }
    put(place, timer);
  }

  private void down(int from, Timer timer) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      Timer left = heap[child];
      Timer right = child + 1 < size ? heap[child + 1] : null;
      Timer less = right != null && left != null && before(right, left) ? right : left;
      if (less == null || before(timer, less)) {
        break;
      }
      int next = less.place;
      put(place, less);
      place = next;
    }
    put(place, timer);
  }

  private void put(int place, Timer timer) {
    heap[place] = timer;
    timer.place = place;
  }

  private static boolean before(Timer a, Timer b) {
    long difference = a.at - b.at;
    return difference < 0 || (difference == 0 && a.order < b.order);
  }
}
