package dev.faultline.cli;

import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Progress;
import dev.faultline.history.Entry;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a run while it goes on: counts, the phase, whom the target's selectors
 * mean now, and each fault as it strikes. Written by the run's loop, read by the drawing thread.
 */
final class RunWatch implements Progress {
  private static final int BAR = 20;

  private final Queue<String> lines = new ArrayDeque<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, String> now = new TreeMap<>();
  private Map<String, String> selectors = Map.of();
  private Duration length = Duration.ZERO;
  private String phase = "";
  private long phaseFrom;
  private long lastNanos;
  private long operations;
  private long ok;
  private long fail;
  private long info;
  private final Map<String, String> active = new LinkedHashMap<>();
  private int over;
  private String lastError = "";
  private double rate = -1;
  private long rateFrom;
  private long rateOperations;
  private boolean ended;

  @Override
  public synchronized void planned(RunSpec run, Path dir, Map<String, String> members) {
    length = run.time();
    Map<String, String> byEvent = new LinkedHashMap<>();
    for (Target target : Catalog.targets()) {
      if (target.id().equals(run.target())) {
        for (String offered : target.interfaces()) {
          target
              .selectors(offered)
              .forEach((selector, event) -> byEvent.put(event, selector.substring(1)));
        }
      }
    }
    selectors = byEvent;
    lines.add(header(run, members));
  }

  /** Who runs what where, and by which seed. */
  static String header(RunSpec run, Map<String, String> members) {
    List<String> kinds = List.copyOf(run.plan().kinds());
    return String.join(
        " · ",
        run.targetName(),
        run.workload(),
        run.environment() + ": " + roles(members),
        "seed " + run.seed(),
        kinds.isEmpty() ? "no faults" : String.join(" + ", kinds));
  }

  /** Roles with their numbers, such as {@code server, log, 3 holders}. */
  static String roles(Map<String, String> members) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    members.values().forEach(role -> counts.merge(role, 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((role, n) -> parts.add(n == 1 ? role : n + " " + role + "s"));
    return String.join(", ", parts);
  }

  @Override
  public synchronized void phase(String name) {
    phase = name;
    phaseFrom = System.nanoTime();
  }

  @Override
  public synchronized void entry(Entry entry) {
    lastNanos = Math.max(lastNanos, entry.time());
    switch (entry) {
      case Entry.Op op -> {
        switch (op.type()) {
          case INVOKE -> operations++;
          case OK -> ok++;
          case FAIL -> fail++;
          case INFO -> {
            info++;
            lastError = error(op);
          }
        }
      }
      case Entry.Fault fault -> {
        if (fault.phase() == Entry.Phase.START) {
          String target = String.valueOf(fault.value().getOrDefault("target", ""));
          targets.put(fault.fault(), target);
          active.put(fault.fault(), (fault.fault() + " " + fault.kind() + " " + target).strip());
        } else {
          if (fault.phase() == Entry.Phase.END || ended(fault)) {
            over += active.remove(fault.fault()) == null ? 0 : 1;
          }
          lines.add(fault(fault, targets.getOrDefault(fault.fault(), "")));
        }
      }
      case Entry.Node node -> {
        String selector = selectors.get(node.name());
        if (selector != null) {
          now.put(selector, node.node());
        }
      }
    }
  }

  /** Whether what failed was its end. */
  private static boolean ended(Entry.Fault fault) {
    return fault.phase() == Entry.Phase.FAILED && "end".equals(fault.value().get("phase"));
  }

  /** An operation whose outcome is unknown, on one line. */
  private static String error(Entry.Op op) {
    String who = op.client() == null ? "process " + op.process() : op.client();
    String where = op.node() == null ? "" : " at " + op.node();
    String text = "%.3f  %s %s%s: %s".formatted(op.time() / 1e9, who, op.f(), where, op.error());
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** One step of a fault, for people. */
  static String fault(Entry.Fault fault, String target) {
    String what =
        switch (fault.phase()) {
          case START -> "starts";
          case EFFECT -> "in effect, proven";
          case END -> "over, proven";
          case FAILED -> "NOT proven: " + fault.value().getOrDefault("why", fault.value());
        };
    return "     %7.3f  %s %s%s: %s"
        .formatted(
            fault.time() / 1e9,
            fault.fault(),
            fault.kind(),
            target.isEmpty() ? "" : " " + target,
            what);
  }

  /** A line to print for good, or null. */
  synchronized @Nullable String nextLine() {
    return lines.poll();
  }

  synchronized void ended() {
    ended = true;
  }

  /** What a run that waits for nodes, or for its end, is doing; empty in its main phases. */
  private String waiting() {
    return switch (phase) {
      case "start" -> "start  the nodes come up";
      case "stop" -> "stop   the nodes go down";
      case "check" -> "check  " + count(operations) + " operations";
      default -> "";
    };
  }

  /** The line of the moment, without a terminal; empty when there is nothing to say. */
  synchronized String status() {
    return ended || phase.isEmpty() ? "" : waiting().isEmpty() ? counts("") : waiting();
  }

  /**
   * What is drawn over and over on a terminal: phase, progress, time left and counts; the faults
   * that are on; whom selectors mean; the last error. Empty when there is nothing to say.
   *
   * @param width columns; lines are cut to stay below
   */
  synchronized List<String> panel(int width) {
    if (ended || phase.isEmpty()) {
      return List.of();
    }
    List<String> panel = new ArrayList<>();
    if (!waiting().isEmpty()) {
      panel.add("%s  %.1f s".formatted(waiting(), (System.nanoTime() - phaseFrom) / 1e9));
    } else {
      double done = seconds() / Math.max(length.toMillis() / 1e3, 1e-3);
      int full = (int) Math.round(Math.clamp(done, 0, 1) * BAR);
      panel.add(counts(" " + "█".repeat(full) + "░".repeat(BAR - full) + " "));
      panel.add(
          "faults   "
              + (active.isEmpty()
                  ? "none now, " + over + " over"
                  : String.join(" · ", active.values())));
      if (!now.isEmpty()) {
        List<String> who = new ArrayList<>();
        now.forEach((selector, node) -> who.add(selector + " " + node));
        panel.add("now      " + String.join(" · ", who));
      }
      if (!lastError.isEmpty()) {
        panel.add("error    " + lastError);
      }
    }
    panel.replaceAll(
        line -> line.length() >= width ? line.substring(0, Math.max(0, width - 1)) : line);
    return panel;
  }

  private double seconds() {
    return lastNanos / 1e9;
  }

  private String counts(String bar) {
    double total = length.toMillis() / 1e3;
    double left = Math.max(0, total - seconds());
    StringBuilder line = new StringBuilder("%-5s".formatted(phase)).append(bar);
    line.append(" %.1f/%.0f s".formatted(Math.min(seconds(), total), total));
    if (!bar.isEmpty() && left > 0) {
      line.append(", %.0f s left".formatted(left));
    }
    line.append("   %.0f op/s".formatted(rate()));
    line.append("   ok %s  fail %s  info %s".formatted(count(ok), count(fail), count(info)));
    if (bar.isEmpty()) {
      now.forEach((selector, node) -> line.append("   ").append(selector).append(' ').append(node));
    }
    return line.toString();
  }

  /** Over the last second or more. */
  private double rate() {
    double since = (lastNanos - rateFrom) / 1e9;
    if (since >= 1) {
      rate = (operations - rateOperations) / since;
      rateFrom = lastNanos;
      rateOperations = operations;
    } else if (rate < 0) {
      return seconds() > 0 ? operations / seconds() : 0;
    }
    return rate;
  }

  private static String count(long n) {
    return "%,d".formatted(n).replace(',', ' ');
  }
}
