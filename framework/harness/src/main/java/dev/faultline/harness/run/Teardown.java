package dev.faultline.harness.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a run has opened, closed in reverse. Trouble in it is told on the error stream and stops
 * nothing: neither what is still to be closed nor the analysis of what was recorded.
 */
final class Teardown implements AutoCloseable {
  private final String run;
  private final Deque<Step> steps = new ArrayDeque<>();

  private record Step(String what, AutoCloseable close) {}

  Teardown(String run) {
    this.run = run;
  }

  /** Closes this too, before what was added earlier. */
  <T extends AutoCloseable> T with(String what, T opened) {
    steps.push(new Step(what, opened));
    return opened;
  }

  @Override
  public void close() {
    boolean interrupted = false;
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.close.close();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (Exception | LinkageError | AssertionError e) {
        System.err.println(run + ": closing " + step.what + ": " + e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
