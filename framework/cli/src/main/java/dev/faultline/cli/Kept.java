package dev.faultline.cli;

import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Holds a run that broke a property before its nodes are stopped, so that they can be looked at.
 */
final class Kept {
  private final Terminal terminal;

  Kept(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Says where the nodes are and waits for Enter or an interrupt; returns at once if nothing is
   * broken.
   *
   * @param places where each node runs
   * @param quiet ends what is drawn on the terminal
   */
  void look(Path dir, Map<String, String> places, Runnable quiet) {
    RunResult result = Experiment.check(dir, Long.MAX_VALUE, Experiment.CHECK_TIME);
    Finding broken = result.judgement().headline();
    if (broken == null) {
      return;
    }
    quiet.run();
    terminal.err().println(broken.property() + " is broken; the nodes stay up:");
    places.forEach((node, place) -> terminal.err().println("  " + node + "  " + place));
    terminal.err().println("Enter or Ctrl-C stops and removes them; the verdict follows.");
    terminal.err().flush();
    CountDownLatch entered = new CountDownLatch(1);
    Thread unused = Thread.ofPlatform().daemon().name("kept").start(() -> awaitEnter(entered));
    try {
      entered.await();
    } catch (InterruptedException interrupted) {
      // What follows is as after any run: everything is stopped, then judged.
      terminal.err().println("stopping the nodes");
    }
  }

  /** Where nobody can press a key, only an interrupt ends it. */
  private static void awaitEnter(CountDownLatch entered) {
    try {
      int read = System.in.read();
      if (read >= 0) {
        entered.countDown();
      }
    } catch (IOException e) {
      // As if there were no keyboard.
    }
  }
}
