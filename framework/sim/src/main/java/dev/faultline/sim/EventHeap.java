package dev.faultline.sim;

import java.util.Arrays;

/** A binary heap of events by (time, order of scheduling). */
final class EventHeap {
  private SimLoop.Event[] events = new SimLoop.Event[64];

  /** When each of them comes, beside them: most comparisons need no more. */
  private long[] times = new long[64];

  private int size;

  int size() {
    return size;
  }

  /** When the first comes; {@link Long#MAX_VALUE} if there is none. */
  long first() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Whether it has an event that comes before all of the other's. */
  boolean before(EventHeap other) {
    return first() != other.first()
        ? first() < other.first()
        : size > 0 && events[0].order < other.events[0].order;
  }

  /** Adds the youngest event: among those of one time it is the last. */
  void push(long time, SimLoop.Event event) {
    if (size == events.length) {
      events = Arrays.copyOf(events, size * 2);
      times = Arrays.copyOf(times, size * 2);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      times[i] = times[parent];
      events[i] = events[parent];
      i = parent;
    }
    times[i] = time;
    events[i] = event;
  }

  private boolean before(int a, int b) {
    return times[a] != times[b] ? times[a] < times[b] : events[a].order < events[b].order;
  }

  @SuppressWarnings("NullAway") // Slots from size on are empty.
  SimLoop.Event pop() {
    SimLoop.Event first = events[0];
    size--;
    SimLoop.Event last = events[size];
    long time = times[size];
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      boolean sinks = times[child] != time ? times[child] < time : events[child].order < last.order;
      if (!sinks) {
        break;
      }
      times[i] = times[child];
      events[i] = events[child];
      i = child;
    }
    times[i] = time;
    events[i] = last;
    events[size] = null;
    return first;
  }
}
