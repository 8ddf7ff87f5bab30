package dev.faultline.harness.judge;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.FaultLog.Window;
import dev.faultline.harness.judge.Judgement.Exercised;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.spec.RunSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run exercised, and whether that is enough for its verdict to mean anything. */
final class Exercise {
  private static final String HARNESS = "harness";
  private static final String NO_CRASH = "node.no-crash";

  /** A recovery counts as at least so long, nanoseconds. */
  private static final long RECOVERY = 1_000_000_000;

  private final RunSpec run;
  private final History history;
  private final FaultLog faults;

  Exercise(RunSpec run, History history, FaultLog faults) {
    this.run = run;
    this.history = history;
    this.faults = faults;
  }

  /** Whether the harness says here that a phase of the run begins. */
  static boolean isPhase(Entry.Node event) {
    return event.node().equals(HARNESS) && event.name().equals("phase");
  }

  static Exercised count(History history, FaultLog faults) {
    Map<String, Map<String, Long>> byFunction = new TreeMap<>();
    Map<String, Long> outcomes = new TreeMap<>();
    for (Operation op : history.operations()) {
      String outcome =
          switch (op.outcome()) {
            case OK -> "ok";
            case FAIL -> "fail";
            case INFO -> "info";
          };
      outcomes.merge(outcome, 1L, Long::sum);
      byFunction.computeIfAbsent(op.f(), f -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
    }
    Map<String, Long> events = new TreeMap<>();
    for (Entry.Node event : history.nodeEvents()) {
      if (!event.node().equals(HARNESS)) {
        events.merge(event.name(), 1L, Long::sum);
      }
    }
    return new Exercised(
        history.operations().size(),
        outcomes.getOrDefault("ok", 0L),
        outcomes.getOrDefault("fail", 0L),
        outcomes.getOrDefault("info", 0L),
        byFunction,
        events,
        overlapping(history, faults.windows(), Long.MAX_VALUE),
        history.duration());
  }

  /** What was too little, each with what to change. */
  List<String> missing(List<Finding> findings) {
    List<String> reasons = new ArrayList<>();
    List<Finding> counted =
        findings.stream()
            .filter(f -> f.standing() != Standing.OBSERVED && !f.property().equals(NO_CRASH))
            .toList();
    if (counted.isEmpty()) {
      reasons.add(nothingCounts(findings));
    }
    if (history.operations().stream().noneMatch(Operation::ok)) {
      reasons.add(
          "none of %d operations was ok; see nodes/*/ for what went wrong, or raise --time"
              .formatted(history.operations().size()));
    } else {
      String idle = idleFaults();
      if (idle != null) {
        reasons.add(idle);
      }
      reasons.addAll(nothingExamined(findings, counted));
    }
    return reasons;
  }

  private String nothingCounts(List<Finding> findings) {
    List<String> why =
        findings.stream()
            .filter(f -> !f.property().equals(NO_CRASH))
            .map(f -> f.property() + " " + f.reason())
            .toList();
    return "nothing that was judged is claimed or expected%s; add --expect all, or choose other --faults"
        .formatted(why.isEmpty() ? "" : " (" + String.join("; ", why) + ")");
  }

  private @Nullable String idleFaults() {
    if (run.plan().faults().isEmpty()) {
      return null;
    }
    List<Window> windows = faults.windows();
    if (windows.isEmpty()) {
      // In a complete run, and where one was started, each fault has said by itself what is wrong.
      return faults.missing().isEmpty()
          ? "the run was cut off before any of its faults had taken effect; run it again"
          : null;
    }
    long begun = windows.stream().mapToLong(Window::from).min().orElse(0);
    if (history.operations().stream().noneMatch(op -> op.ok() && op.returnTime() >= begun)) {
      return "no operation was ok once the first fault had begun, so nothing shows what the faults"
          + " did; raise --time, or make the faults shorter";
    }
    List<Window> extended =
        windows.stream()
            .map(w -> new Window(w.from(), w.to() + Math.max(RECOVERY, w.to() - w.from())))
            .toList();
    long end =
        history.nodeEvents().stream()
            .filter(e -> isPhase(e) && "final".equals(e.facts().get("name")))
            .mapToLong(Entry.Node::index)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return overlapping(history, extended, end) > 0
        ? null
        : "no operation was open during a fault or in its recovery, so the faults tested nothing;"
            + " raise --rate, or make the faults longer";
  }

  private static List<String> nothingExamined(List<Finding> findings, List<Finding> counted) {
    if (!counted.isEmpty() && counted.stream().allMatch(Exercise::isEmpty)) {
      return List.of(
          "nothing that counts had anything to examine (%s); raise --time or --rate"
              .formatted(String.join(", ", counted.stream().map(Finding::property).toList())));
    }
    if (counted.isEmpty() || !counted.get(0).equals(findings.get(0)) || !isEmpty(counted.get(0))) {
      return List.of();
    }
    return List.of(
        "%s, which this workload is about, had nothing to examine; raise --time or --rate"
            .formatted(counted.get(0).property()));
  }

  private static boolean isEmpty(Finding finding) {
    return finding.verdict() instanceof Verdict.Valid valid && valid.examined() == 0;
  }

  /** Operations, invoked before an entry, that were open while one of the windows was. */
  private static long overlapping(History history, List<Window> windows, long beforeIndex) {
    if (windows.isEmpty()) {
      return 0;
    }
    Map<Integer, Long> gaveUp = new HashMap<>();
    for (Entry entry : history.entries()) {
      if (entry instanceof Entry.Op op && op.type() == Entry.Type.INFO) {
        gaveUp.put(op.process(), op.time());
      }
    }
    long count = 0;
    for (Operation op : history.operations()) {
      if (op.invoked() < beforeIndex) {
        long until =
            op.returnTime() != Operation.NEVER
                ? op.returnTime()
                : gaveUp.getOrDefault(op.process(), history.duration());
        count += meets(windows, op.invokeTime(), until) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean meets(List<Window> windows, long from, long to) {
    for (Window window : windows) {
      if (from <= window.to() && window.from() <= to) {
        return true;
      }
    }
    return false;
  }
}
