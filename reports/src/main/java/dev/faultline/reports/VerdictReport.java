package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Coverage;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Exercised;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Sensitivity;
import dev.faultline.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The judgement for machines: {@code verdict.json}. Times are nanoseconds since the run's start.
 */
public final class VerdictReport implements Report.Data {
  /** Grows when a member changes its meaning or goes away; new members alone do not count. */
  static final long FORMAT = 1;

  @Override
  public String id() {
    return "verdict";
  }

  @Override
  public String fileName() {
    return "verdict.json";
  }

  @Override
  public void write(Input input, Writer out) throws IOException {
    Judgement judgement = input.judgement();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("formatVersion", FORMAT);
    map.put("run", input.run().id());
    map.put("target", input.run().targetName());
    map.put("workload", input.run().workload());
    map.put("environment", input.run().environment());
    map.put("seed", input.run().seed());
    map.put("status", word(judgement.status()));
    map.put("exitCode", (long) judgement.status().exitCode());
    Finding headline = judgement.headline();
    map.put("headline", headline == null ? null : headline.property());
    map.put("reasons", judgement.reasons());
    map.put("findings", judgement.findings().stream().map(VerdictReport::finding).toList());
    map.put("faults", judgement.faults().stream().map(VerdictReport::fault).toList());
    map.put("exercised", exercised(judgement.exercised()));
    if (!judgement.coverage().equals(Coverage.NONE)) {
      map.put("coverage", CoverageRows.json(judgement.coverage()));
    }
    if (!judgement.sensitivity().isEmpty()) {
      map.put(
          "sensitivity", judgement.sensitivity().stream().map(VerdictReport::sensitivity).toList());
    }
    map.put("again", input.again());
    out.write(Json.pretty(map));
  }

  private static Map<String, @Nullable Object> finding(Finding finding) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", finding.property());
    map.put("summary", finding.summary());
    map.put("standing", word(finding.standing()));
    map.put("reason", finding.reason());
    switch (finding.verdict()) {
      case Verdict.Valid v -> {
        map.put("verdict", "valid");
        map.put("examined", v.examined());
        map.put("evidence", v.evidence());
      }
      case Verdict.Invalid i -> {
        map.put("verdict", "invalid");
        map.put("clause", i.clause());
        map.put("sentence", i.witness().sentence());
        map.put("witness", i.witness().steps().stream().map(VerdictReport::step).toList());
      }
      case Verdict.Unknown u -> {
        map.put("verdict", "unknown");
        map.put("why", u.reason());
        map.put("remedy", u.remedy());
      }
    }
    return map;
  }

  private static Map<String, @Nullable Object> step(Witness.Step step) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("index", step.index());
    map.put("time", step.time());
    map.put("until", step.until());
    map.put("lane", step.lane());
    map.put("text", step.text());
    map.put("remark", step.remark());
    return map;
  }

  private static Map<String, @Nullable Object> fault(FaultRecord fault) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", fault.id());
    map.put("kind", fault.kind());
    map.put("target", fault.target());
    map.put("start", fault.start() < 0 ? null : fault.start());
    map.put("end", fault.end() < 0 ? null : fault.end());
    map.put("proven", fault.proven());
    map.put("receipt", fault.receipt());
    return map;
  }

  private static Map<String, @Nullable Object> sensitivity(Sensitivity one) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", one.property());
    map.put("what", one.what());
    map.put("planted", (long) one.planted());
    map.put("caught", (long) one.caught());
    return map;
  }

  private static Map<String, @Nullable Object> exercised(Exercised done) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("operations", done.operations());
    map.put("ok", done.ok());
    map.put("fail", done.fail());
    map.put("info", done.info());
    Map<String, @Nullable Object> functions = new TreeMap<>();
    done.byFunction().forEach((f, counts) -> functions.put(f, new TreeMap<>(counts)));
    map.put("byFunction", functions);
    map.put("events", new TreeMap<>(done.events()));
    map.put("duringFaults", done.duringFaults());
    map.put("durationNanos", done.durationNanos());
    return map;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
