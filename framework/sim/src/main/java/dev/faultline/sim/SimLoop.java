package dev.faultline.sim;

import dev.faultline.harness.Scheduler;
import dev.faultline.harness.StormException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Virtual time: tasks by (time, order of scheduling). Not for more than one thread. */
final class SimLoop implements Scheduler {
  /** What may be waiting at once; a healthy run has a hundredth of it. */
  private static final int MOST_WAITING = 200_000;

  /** What may happen without time going on. */
  private static final int MOST_AT_ONCE = 1_000_000;

  /** What is further away than this waits apart. */
  private static final long NEAR = 20_000_000;

  private final EventHeap near = new EventHeap();

  /**
   * Deadlines, most of which are cancelled before they come. In one heap with the messages that are
   * on their way, each message would have to climb past all of them.
   */
  private final EventHeap far = new EventHeap();

  private long now;
  private long orders;

  /** Something to come, and its place in time. */
  abstract static class Event implements Task {
    long order;
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
    if (near.size() + far.size() >= MOST_WAITING) {
      throw storm("more than " + MOST_WAITING + " messages and timers were waiting");
    }
    (time - now > NEAR ? far : near).push(Math.max(now, time), event);
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
      EventHeap from = near.before(far) ? near : far;
      if (from.first() > end) {
        now = end;
        return false;
      }
      long time = from.first();
      Event next = from.pop();
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
}
