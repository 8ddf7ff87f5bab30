package dev.faultline.sim;

import dev.faultline.harness.Scheduler;
import dev.faultline.harness.StormException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: a binary heap of tasks by (time, order of scheduling). Not for more than one
 * thread.
 */
final class SimLoop implements Scheduler {
  /** What may be waiting at once; a healthy run has a hundredth of it. */
  private static final int MOST_WAITING = 200_000;

  /** What may happen without time going on. */
  private static final int MOST_AT_ONCE = 1_000_000;

  private Event[] heap = new Event[256];

  /** When each of them comes, beside them: most comparisons need no more. */
  private long[] times = new long[256];

  private int size;
  private long now;
  private long orders;

  /** Something to come, and its place in time. */
  abstract static class Event implements Task {
    private long order;
    private boolean cancelled;

    abstract void happen();

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static final class Call extends Event {
    private @Nullable Runnable task;

    Call(Runnable task) {
      this.task = task;
    }

    @Override
    void happen() {
      Runnable now = task;
      if (now != null) {
        now.run();
      }
    }

    @Override
    public void cancel() {
      super.cancel();
      task = null;
    }
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Event at(long time, Runnable task) {
    Event event = new Call(task);
    add(time, event);
    return event;
  }

  /** Lets an event come at a time, which it does once. */
  void add(long time, Event event) {
    event.order = orders++;
    push(Math.max(now, time), event);
  }

  @Override
  public void post(Runnable task) {
    Event unused = at(now, task);
  }

  /** See {@link dev.faultline.harness.VirtualTime.World#run}. */
  boolean run(CompletableFuture<?> until, Duration bound) {
    long end = now + bound.toNanos();
    int atOnce = 0;
    while (!until.isDone()) {
      if (size == 0 || times[0] > end) {
        now = end;
        return false;
      }
      long time = times[0];
      Event next = pop();
      atOnce = time == now ? atOnce + 1 : 0;
      if (atOnce > MOST_AT_ONCE) {
        throw storm("more than " + MOST_AT_ONCE + " things happened at once");
      }
      if (!next.cancelled) {
        now = time;
        next.happen();
      }
    }
    return true;
  }

  private StormException storm(String what) {
    return new StormException(
        "%s at %.3f s of virtual time; does a node answer every copy of a message with another one?"
            .formatted(what, now / 1e9));
  }

  private void push(long time, Event event) {
    if (size == heap.length) {
      if (size >= MOST_WAITING) {
        throw storm("more than " + MOST_WAITING + " messages and timers were waiting");
      }
      heap = Arrays.copyOf(heap, size * 2);
      times = Arrays.copyOf(times, size * 2);
    }
    int i = size++;
    // It is the youngest, so among events of one time it is the last.
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      times[i] = times[parent];
      heap[i] = heap[parent];
      i = parent;
    }
    times[i] = time;
    heap[i] = event;
  }

  private boolean before(int a, int b) {
    return times[a] != times[b] ? times[a] < times[b] : heap[a].order < heap[b].order;
  }

  @SuppressWarnings("NullAway") // Slots from size on are empty.
  private Event pop() {
    Event first = heap[0];
    size--;
    Event last = heap[size];
    long time = times[size];
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      boolean sinks = times[child] != time ? times[child] < time : heap[child].order < last.order;
      if (!sinks) {
        break;
      }
      times[i] = times[child];
      heap[i] = heap[child];
      i = child;
    }
    times[i] = time;
    heap[i] = last;
    heap[size] = null;
    return first;
  }
}
