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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run exercised, and whether that is enough for its verdict to mean anything. */
final class Exercise {
  private static final String HARNESS = "harness";
  private static final String NO_CRASH = "node.no-crash";

  private final RunSpec run;
  private final History history;
  private final FaultLog faults;
  private final Measure measure;

  Exercise(RunSpec run, History history, FaultLog faults) {
    this.run = run;
    this.history = history;
    this.faults = faults;
    this.measure = new Measure(history, faults, run.minimums());
  }

  /** What it met; after {@link #missing}, which finds out what it did not. */
  Coverage coverage() {
    return measure.table();
  }

  /** Whether the harness says here that a phase of the run begins. */
  static boolean isPhase(Entry.Node event) {
    return event.node().equals(HARNESS) && event.name().equals("phase");
  }

  Exercised count() {
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
        measure.duringFaults(),
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
    if (faults.cutOff()) {
      history.nodeEvents().stream()
          .filter(e -> isPhase(e) && "storm".equals(e.facts().get("name")))
          .forEach(e -> reasons.add("the run was given up: " + e.facts().get("why")));
    }
    if (history.operations().stream().noneMatch(Operation::ok)) {
      reasons.add(
          "none of %d operations was ok; see nodes/*/ for what went wrong, or raise --time"
              .formatted(history.operations().size()));
    } else {
      String idle = idleFaults();
      if (idle != null) {
        reasons.add(idle);
      } else {
        reasons.addAll(vacuous());
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

  private List<String> vacuous() {
    Vacuity vacuity = new Vacuity(run, measure);
    List<String> reasons = new ArrayList<>(vacuity.ofRun());
    for (Measure.Stretch stretch : measure.stretches()) {
      // Where the run was cut off during a fault or its recovery, others must do.
      boolean broken =
          stretch.story.record().end() < 0
              || (faults.cutOff() && stretch.recovered > history.duration());
      stretch.unmet = broken ? null : vacuity.ofFault(stretch);
      if (stretch.unmet != null) {
        reasons.add(stretch.unmet);
      }
    }
    return reasons;
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
    return measure.stretches().stream().anyMatch(stretch -> stretch.open() > 0)
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
}
