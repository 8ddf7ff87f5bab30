package dev.faultline.sim;

import dev.faultline.harness.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: a binary heap of tasks by (time, order of scheduling). Not for more than one
 * thread.
 */
final class SimLoop implements Scheduler {
  private Event[] heap = new Event[256];
  private int size;
  private long now;
  private long orders;

  /** Something to come, and its place in time. */
  abstract static class Event implements Task {
    private long at;
    private long order;
    private boolean cancelled;

    abstract void happen();

    @Override
    public void cancel() {
      cancelled = true;
    }

    private boolean before(Event other) {
      return at != other.at ? at < other.at : order < other.order;
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
    event.at = Math.max(now, time);
    event.order = orders++;
    push(event);
  }

  @Override
  public void post(Runnable task) {
    Event unused = at(now, task);
  }

  /** See {@link dev.faultline.harness.VirtualTime.World#run}. */
  boolean run(CompletableFuture<?> until, Duration bound) {
    long end = now + bound.toNanos();
    while (!until.isDone()) {
      if (size == 0 || heap[0].at > end) {
        now = end;
        return false;
      }
      Event next = pop();
      if (!next.cancelled) {
        now = next.at;
        next.happen();
      }
    }
    return true;
  }

  private void push(Event event) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (!event.before(heap[parent])) {
        break;
      }
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = event;
  }

  @SuppressWarnings("NullAway") // Slots from size on are empty.
  private Event pop() {
    Event first = heap[0];
    Event last = heap[--size];
    heap[size] = null;
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1].before(heap[child])) {
        child++;
      }
      if (!heap[child].before(last)) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    if (size > 0) {
      heap[i] = last;
    }
    return first;
  }
}
