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
  private long lastNanos;
  private long operations;
  private long ok;
  private long fail;
  private long info;
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
          case INFO -> info++;
        }
      }
      case Entry.Fault fault -> {
        if (fault.phase() == Entry.Phase.START) {
          targets.put(fault.fault(), String.valueOf(fault.value().getOrDefault("target", "")));
        } else {
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

  /**
   * The line of the moment; empty when there is nothing to say.
   *
   * @param width columns at most, with a bar; 0 for a plain line
   */
  synchronized String status(int width) {
    if (ended || phase.isEmpty()) {
      return "";
    }
    double seconds = lastNanos / 1e9;
    double total = length.toMillis() / 1e3;
    StringBuilder line = new StringBuilder("%-5s".formatted(phase));
    if (width > 0) {
      int full = (int) Math.round(Math.clamp(seconds / Math.max(total, 1e-3), 0, 1) * BAR);
      line.append(' ').append("█".repeat(full)).append("░".repeat(BAR - full)).append(' ');
    }
    line.append(
        " %.1f/%.0f s   %.0f op/s"
            .formatted(Math.min(seconds, total), total, seconds > 0 ? operations / seconds : 0));
    line.append("   ok %s  fail %s  info %s".formatted(count(ok), count(fail), count(info)));
    now.forEach((selector, node) -> line.append("   ").append(selector).append(' ').append(node));
    String text = line.toString();
    return width > 0 && text.length() >= width ? text.substring(0, Math.max(0, width - 1)) : text;
  }

  private static String count(long n) {
    return "%,d".formatted(n).replace(',', ' ');
  }
}
