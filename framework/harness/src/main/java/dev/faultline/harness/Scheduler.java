package dev.faultline.harness;

import java.time.Duration;

/**
 * The one loop that runner, generators and nemesis run on: real time in {@code local} and {@code
 * containers}, virtual time in simulation. Tasks run one after the other, on one thread.
 */
public interface Scheduler {
  /** Nanoseconds since the run's start. */
  long now();

  /**
   * Runs a task at a time, or as soon as possible if that has passed; for the loop's own thread.
   */
  Task at(long time, Runnable task);

  /** Runs a task after a while. */
  default Task after(Duration delay, Runnable task) {
    return at(now() + delay.toNanos(), task);
  }

  /** Runs a task soon; may be called from any thread. */
  void post(Runnable task);

  /** A task that was scheduled. */
  interface Task {
    /** Prevents the task, if it has not begun. */
    void cancel();
  }
}
