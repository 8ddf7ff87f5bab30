package dev.faultline.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run while it goes on, on the error stream: a panel that is drawn over and over on a
 * terminal, a line now and then elsewhere. The drawing has a thread of its own, so that a slow
 * terminal never holds up a run.
 */
final class LiveProgress implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(5);

  /** To the first column, and empty from there to the end of the screen. */
  private static final String ERASE = "\r\u001b[J";

  private final Terminal terminal;
  private final boolean colour;
  private final RunWatch watch = new RunWatch();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private final ScheduledFuture<?> drawing;

  /** Lines of the panel that stands on the terminal. */
  private int drawn;

  private String told = "";

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
    if (terminal.errIsTerminal()) {
      drawPanel();
    } else {
      String status = watch.status();
      if (!status.isEmpty() && !status.equals(told)) {
        terminal.err().println(status);
        told = status;
      }
    }
    terminal.err().flush();
  }

  private void drawPanel() {
    List<String> panel = watch.panel(terminal.width());
    if (panel.isEmpty()) {
      return;
    }
    erase();
    String text = String.join(System.lineSeparator(), panel);
    terminal.err().print(colour ? "\u001b[2m" + text + "\u001b[0m" : text);
    drawn = panel.size();
  }

  private void erase() {
    if (drawn > 0) {
      terminal.err().print((drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "") + ERASE);
      drawn = 0;
    }
  }

  /** Ends the panel; what is still to be told is printed. May be called twice. */
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
