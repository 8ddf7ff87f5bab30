package dev.faultline.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run while it goes on, on the error stream: one line that is drawn over and over on a
 * terminal, a line now and then elsewhere. The drawing has a thread of its own, so that a slow
 * terminal never holds up a run.
 */
final class LiveProgress implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(5);
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final boolean colour;
  private final RunWatch watch = new RunWatch();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private final ScheduledFuture<?> drawing;
  private boolean drawn;

  LiveProgress(Terminal terminal, boolean colour) {
    this.terminal = terminal;
    this.colour = colour;
    long period = (terminal.errIsTerminal() ? REDRAW : PLAIN).toMillis();
    drawing =
        thread.scheduleAtFixedRate(this::draw, REDRAW.toMillis(), period, TimeUnit.MILLISECONDS);
  }

  /** What the run tells. */
  RunWatch listener() {
    return watch;
  }

  private void draw() {
    for (String line = watch.nextLine(); line != null; line = watch.nextLine()) {
      erase();
      terminal.err().println(line);
    }
    String status = watch.status(terminal.errIsTerminal() ? terminal.width() : 0);
    if (status.isEmpty()) {
      return;
    }
    if (terminal.errIsTerminal()) {
      erase();
      terminal.err().print(colour ? "\u001b[2m" + status + "\u001b[0m" : status);
      drawn = true;
    } else {
      terminal.err().println(status);
    }
    terminal.err().flush();
  }

  private void erase() {
    if (drawn) {
      terminal.err().print(ERASE);
      drawn = false;
    }
  }

  /** Ends the live line; what is still to be told is printed. May be called twice. */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    drawing.cancel(false);
    thread.execute(() -> {
      watch.ended();
      draw();
      erase();
      terminal.err().flush();
    });
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
