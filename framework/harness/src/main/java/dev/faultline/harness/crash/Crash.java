package dev.faultline.harness.crash;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.warden.Processes;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One harness that was killed in its run, or let end, and what was found then.
 *
 * @param after since its plan was written, or since operations were recorded
 * @param phase which the run had reached
 * @param lost the most operations that one client had done and the history does not have
 * @param verdict of what was recorded
 * @param reasons why it is void or unknown
 * @param wrong what must not be; empty if all is well
 */
public record Crash(
    String name,
    Duration after,
    String phase,
    long calls,
    long lost,
    String verdict,
    List<String> reasons,
    List<String> wrong) {
  /** A lease is 10 s; the engine may take as long again to remove what it has. */
  private static final Duration CLEAN_WITHIN = Duration.ofSeconds(30);

  /** A lease, and time for the warden to act. */
  private static final Duration LAPSES_WITHIN = Duration.ofSeconds(20);

  private static final Duration ENDS_WITHIN = Duration.ofMinutes(4);

  /**
   * Starts a run and kills its harness.
   *
   * @param main the command line's class
   * @param arguments of {@code run}
   * @param recording whether to count from when operations are recorded, not from the plan
   * @param after when
   */
  public static Crash kill(
      Class<?> main,
      List<String> arguments,
      Path work,
      String name,
      boolean recording,
      Duration after)
      throws InterruptedException {
    Child child = Child.run(main, arguments, work, name);
    List<ProcessHandle> started;
    try {
      child.awaitPlan();
      if (recording) {
        child.awaitOperations();
      }
      TimeUnit.NANOSECONDS.sleep(after.toNanos());
      started = child.descendants();
    } finally {
      child.kill();
    }
    return found(child, name, after, new Leavings(name, started, child.temporary()), true);
  }

  /** Lets a run come to its end, which has no excuse: it must be valid. */
  public static Crash none(Class<?> main, List<String> arguments, Path work, String name)
      throws InterruptedException {
    Child child = Child.run(main, arguments, work, name);
    try {
      child.awaitPlan();
      long began = System.nanoTime();
      boolean ended = child.awaitEnd(ENDS_WITHIN);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      Crash crash =
          found(child, name, took, new Leavings(name, List.of(), child.temporary()), false);
      if (!ended || child.exit() != 0) {
        crash.wrong.add(ended ? "it exited with " + child.exit() : "it did not end");
      }
      return crash;
    } finally {
      child.kill();
    }
  }

  /**
   * Stops a harness while a process or container of its run is frozen by a fault, until its lease
   * is over, and lets it go on. It must go on by itself, and the fault must be told as lapsed.
   */
  public static Crash hang(Class<?> main, List<String> arguments, Path work, String name)
      throws InterruptedException {
    Child child = Child.run(main, arguments, work, name);
    try {
      child.awaitPlan();
      long began = System.nanoTime();
      child.awaitPause();
      child.signal("-STOP");
      Duration after = Duration.ofNanos(System.nanoTime() - began);
      List<String> wrong = new ArrayList<>();
      long frozen = frozen(child, name);
      if (frozen == 0) {
        wrong.add("nothing was frozen when it was stopped");
      }
      long end = System.nanoTime() + LAPSES_WITHIN.toNanos();
      while (frozen(child, name) > 0 && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      if (frozen(child, name) > 0) {
        wrong.add("still frozen after " + LAPSES_WITHIN.toSeconds() + " s");
      }
      // So that its own measure shows the lapse too, and not by a hair.
      TimeUnit.SECONDS.sleep(1);
      child.signal("-CONT");
      if (!child.awaitEnd(ENDS_WITHIN)) {
        wrong.add("it did not end");
      }
      Crash crash =
          found(child, name, after, new Leavings(name, List.of(), child.temporary()), true);
      if (crash.reasons.stream().noneMatch(reason -> reason.contains("stood still"))) {
        wrong.add("no fault is told as lapsed");
      }
      crash.wrong.addAll(wrong);
      return crash;
    } finally {
      child.kill();
    }
  }

  private static long frozen(Child child, String run) {
    long stopped =
        child.descendants().stream().filter(p -> Processes.state(p.pid()) == 'T').count();
    return stopped + Catalog.leftovers().stream().mapToInt(found -> found.frozen(run)).sum();
  }

  private static Crash found(
      Child child, String name, Duration after, Leavings leavings, boolean killed)
      throws InterruptedException {
    List<String> wrong = new ArrayList<>();
    leavings.after(CLEAN_WITHIN).forEach(what -> wrong.add("left behind: " + what));
    try {
      RunResult result = Experiment.check(child.directory(), Long.MAX_VALUE, Experiment.CHECK_TIME);
      History history = result.history();
      Losses losses = Losses.between(child.calls(), history);
      losses.unrecorded().forEach(call -> wrong.add("called and not recorded: " + call));
      losses
          .lost()
          .forEach((client, lost) -> {
            if (lost > (killed ? 1 : 0)) {
              wrong.add("%s has lost %d operations".formatted(client, lost));
            }
          });
      Judgement.Status status = result.judgement().status();
      boolean idle = history.operations().stream().noneMatch(Operation::ok);
      if (status == Judgement.Status.INVALID
          || killed && idle && status != Judgement.Status.VOID
          || !killed && status != Judgement.Status.VALID) {
        wrong.add("the verdict is " + status);
      }
      return new Crash(
          name,
          after,
          phase(history),
          losses.calls(),
          losses.most(),
          status.toString(),
          result.judgement().reasons(),
          wrong);
    } catch (EnvironmentException | IOException e) {
      wrong.add("no verdict: " + e.getMessage());
      return new Crash(name, after, "", 0, 0, "none", List.of(), wrong);
    }
  }

  private static String phase(History history) {
    String phase = "start";
    for (Entry.Node event : history.nodeEvents()) {
      if (event.node().equals("harness") && event.facts().get("name") instanceof String name) {
        phase = name;
      }
    }
    return phase;
  }

  /** A line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%-12s %6.2f s  %-5s  %,7d calls  %d lost  %-7s  %s",
        name,
        after.toMillis() / 1e3,
        phase,
        calls,
        lost,
        verdict,
        wrong.isEmpty() ? "ok" : String.join("; ", wrong));
  }
}
