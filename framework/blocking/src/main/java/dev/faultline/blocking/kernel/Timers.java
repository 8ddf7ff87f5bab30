package dev.faultline.blocking.kernel;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to happen at moments of virtual time, in their order and then in that of the asking. */
final class Timers {
  private final PriorityQueue<Timer> queue =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
  private long asked;

  /** One of them. */
  static final class Timer {
    private final long at;
    private final long order;
    private final Runnable action;
    private boolean cancelled;

    private Timer(long at, long order, Runnable action) {
      this.at = at;
      this.order = order;
      this.action = action;
    }

    long at() {
      return at;
    }

    long order() {
      return order;
    }

    Runnable action() {
      return action;
    }
  }

  Timer add(long at, Runnable action) {
    Timer timer = new Timer(at, asked++, action);
    queue.add(timer);
    return timer;
  }

  void cancel(Timer timer) {
    timer.cancelled = true;
  }

  /** The earliest, if there is one. */
  @Nullable Timer peek() {
    while (true) {
      Timer timer = queue.peek();
      if (timer == null || !timer.cancelled) {
        return timer;
      }
      queue.remove();
    }
  }

  /** Takes the earliest, if it is due. */
  @Nullable Timer due(long now) {
    Timer timer = peek();
    return timer == null || timer.at > now ? null : queue.remove();
  }
}
