package dev.faultline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a run goes on: the run's thread is interrupted, which stops everything in order, and
 * the JVM waits for that, within a bound. What is left then is the warden's.
 */
final class Interruption implements AutoCloseable {
  /** Exit code of an interrupted command: 128 and the signal's number. */
  static final int EXIT = 130;

  private static final Duration BOUND = Duration.ofSeconds(75);

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread worker = Thread.currentThread();
  private final Thread hook;
  private volatile boolean requested;

  Interruption(Terminal terminal) {
    hook =
        Thread.ofPlatform()
            .name("interruption")
            .unstarted(() -> {
              requested = true;
              terminal.err().println();
              terminal.error("interrupted; stopping what was started");
              worker.interrupt();
              await();
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean requested() {
    return requested;
  }

  private void await() {
    try {
      boolean unused = done.await(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException theJvmIsEnding) {
      // Then the hook has what it waited for.
    }
  }
}
