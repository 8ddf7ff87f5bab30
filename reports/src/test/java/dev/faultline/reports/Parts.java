package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Exercised;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Claim;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the samples are put together from. */
final class Parts {
  private static final long S = 1_000_000_000L;

  private Parts() {}

  static RunSpec run(String target, String variant, String workload, FaultPlan plan) {
    return new RunSpec(
        "20261123-142210-" + target,
        target,
        variant,
        workload,
        "local",
        Map.of("ttl", "2s"),
        3,
        5,
        0,
        Duration.ofSeconds(20),
        7,
        plan,
        List.of(),
        List.of(),
        List.of(
            Claim.of(
                "fence.resource-order", "README of grants, §2 \"Fencing\"", "pause", "partition"),
            Claim.of("linearizable", "https://example.org/api_guarantees", "pause", "kill")),
        new TreeMap<>(Map.of("faultline", "0.1.0", "java", "21.0.9")));
  }

  static FaultPlan plan(String... faults) {
    String json =
        "{\"faults\":[" + String.join(",", Stream.of(faults).map(Parts::planned).toList()) + "]}";
    return FaultPlan.fromJson(JsonView.parse("plan.json", json));
  }

  /** From {@code f4 pause h2}. */
  static String planned(String text) {
    String[] words = text.split(" ");
    String node = words[2];
    String who =
        switch (words[1]) {
          case "partition" -> "\"isolate\":\"" + node + "\"";
          case "link" -> "\"source\":\"" + node + "\",\"target\":\"n2\",\"latency\":\"200ms\"";
          case "clock" -> "\"node\":\"" + node + "\",\"offset\":\"-2s\",\"drift\":\"500ppm\"";
          default -> "\"node\":\"" + node + "\"";
        };
    String from =
        words[1].equals("partition")
            ? "{\"at\":\"2s\"}"
            : "{\"on\":\"granted\",\"nth\":3,\"plus\":\"50ms\"}";
    return "{\"id\":\"%s\",\"do\":\"%s\",%s,\"from\":%s,\"for\":\"3s\"}"
        .formatted(words[0], words[1], who, from);
  }

  /** Steady load until a time, slower and with failures between 2.1 s and 4.1 s. */
  static String load(int untilMillis, boolean grants) {
    StringBuilder text = new StringBuilder();
    int process = 100;
    for (int i = 0; i * 40 < untilMillis - 300; i++) {
      int at = i * 40;
      boolean trouble = at > 2_100 && at < 4_100;
      if (grants && i % 50 == 0) {
        text.append(
            "%d server event granted {\"holder\":\"h%d\",\"token\":%d}\n"
                .formatted(at, 1 + i / 50 % 3, 36 + i / 50));
      }
      String f = i % 3 == 0 ? "write" : "read";
      String value = f.equals("write") ? " " + i : "";
      text.append("%d p%d@n%d invoke %s key=y%s\n".formatted(at, process, 1 + i % 3, f, value));
      String end = !trouble ? "ok" : i % 3 == 0 ? "info" : i % 2 == 0 ? "fail" : "ok";
      String result = end.equals("ok") ? " " + i : value + " !timeout";
      double took = trouble ? 30 : 1 + (i * 7 % 11) * 0.4;
      text.append(
          "%.3f p%d@n%d %s %s key=y%s\n".formatted(at + took, process, 1 + i % 3, end, f, result));
      process++;
    }
    return text.toString();
  }

  static Witness.Step step(
      History history, double millis, String lane, String text, @Nullable String remark) {
    long time = (long) (millis * 1_000_000);
    Operation op =
        history.operations(o -> o.invokeTime() == time).stream().findFirst().orElseThrow();
    Witness.Step step = Witness.Step.of(op, text, remark);
    return new Witness.Step(step.index(), step.time(), step.until(), lane, text, remark);
  }

  static Verdict valid(long examined) {
    return new Verdict.Valid(examined);
  }

  static Finding claimed(String property, String summary, Verdict verdict) {
    return new Finding(property, summary, Standing.CLAIMED, "", verdict);
  }

  static Finding observed(String property, String summary, String why, Verdict verdict) {
    return new Finding(property, summary, Standing.OBSERVED, why, verdict);
  }

  static FaultRecord fault(
      String id,
      String kind,
      String whom,
      double from,
      double to,
      boolean proven,
      String k,
      String v) {
    long start = from < 0 ? -1 : (long) (from * S);
    long end = to < 0 ? -1 : (long) (to * S);
    return new FaultRecord(id, kind, whom, start, end, proven, Map.of(k, v));
  }

  static Report.Input input(
      RunSpec run,
      History history,
      Status status,
      List<String> reasons,
      List<Finding> findings,
      List<FaultRecord> faults) {
    Map<String, Map<String, Long>> functions = new TreeMap<>();
    Map<String, Long> outcomes = new TreeMap<>(Map.of("ok", 0L, "fail", 0L, "info", 0L));
    for (Operation op : history.operations()) {
      String outcome = op.outcome().name().toLowerCase(java.util.Locale.ROOT);
      outcomes.merge(outcome, 1L, Long::sum);
      functions.computeIfAbsent(op.f(), f -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
    }
    Map<String, Long> events = new TreeMap<>();
    for (Entry.Node event : history.nodeEvents()) {
      events.merge(event.name(), 1L, Long::sum);
    }
    long during =
        history
            .operations(o ->
                faults.stream()
                    .anyMatch(f -> f.start() <= o.invokeTime() && o.invokeTime() < f.end()))
            .size();
    Exercised exercised =
        new Exercised(
            history.operations().size(),
            outcomes.getOrDefault("ok", 0L),
            outcomes.getOrDefault("fail", 0L),
            outcomes.getOrDefault("info", 0L),
            functions,
            events,
            during,
            history.duration());
    String name = run.targetName().replace(':', '-');
    return new Report.Input(
        run,
        history,
        new Judgement(status, reasons, findings, faults, exercised),
        Path.of("runs/20261123-142210-" + name),
        "./faultline run runs/20261123-142210-" + name);
  }
}
