package dev.faultline.proxy;

import dev.faultline.harness.EnvironmentException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Steps of a jitter that is steered from here, as long as one is wanted. */
final class JitterSteps {
  private static final Duration STEP = Duration.ofMillis(150);

  private final Runnable onStep;
  private final AtomicLong steps = new AtomicLong();
  private volatile boolean wanted;
  private boolean running;

  /**
   * @param onStep called from a thread of its own; may fail
   */
  JitterSteps(Runnable onStep) {
    this.onStep = onStep;
  }

  /** Counts from 0; what is drawn depends on it. */
  long step() {
    return steps.get();
  }

  synchronized void wanted(boolean now) {
    wanted = now;
    if (now && !running) {
      running = true;
      Thread.ofVirtual().name("jitter").start(this::run);
    }
  }

  private void run() {
    while (goesOn()) {
      LockSupport.parkNanos(STEP.toNanos());
      long unused = steps.incrementAndGet();
      try {
        if (wanted) {
          onStep.run();
        }
      } catch (EnvironmentException later) {
        // The next step, or the next change of links, brings the wires to what is wanted.
      }
    }
  }

  private synchronized boolean goesOn() {
    running = wanted;
    return running;
  }
}
