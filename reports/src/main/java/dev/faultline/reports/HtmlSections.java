package dev.faultline.reports;

import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Coverage;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.json.Json;
import dev.faultline.spec.Fault;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What lies below the first screen. */
final class HtmlSections {
  private final Html html;
  private final Report.Input input;

  HtmlSections(Html html, Report.Input input) {
    this.html = html;
    this.input = input;
  }

  void write() throws IOException {
    Judgement judgement = input.judgement();
    Findings findings = Findings.of(judgement);
    boolean invalid = judgement.headline() != null;
    if (invalid) {
      new WhySection(html, input).write();
    }
    section("The whole run");
    if (input.history().entries().isEmpty()) {
      html.leaf("p", "The history is empty.").line();
    } else {
      html.open("div", "class", "scroll").raw(RunChart.svg(input)).close("div").line();
      html.leaf(
              "p",
              "Wheel or drag to zoom and move, double-click for the whole run.",
              "class",
              "quiet js",
              "hidden",
              "hidden")
          .line();
    }
    html.close("section").line();
    List<Finding> more = new ArrayList<>(findings.broken().stream().skip(invalid ? 1 : 0).toList());
    more.addAll(findings.observedBroken());
    for (Finding f : more) {
      section((f.fails() ? "Broken as well: " : "Seen, not counted: ") + f.property());
      HtmlReport.witness(html, input, f);
      html.close("section").line();
    }
    if (invalid) {
      section("Faults");
      faults(html, input);
      html.close("section").line();
    }
    section("Properties");
    properties(html, judgement.findings());
    html.close("section").line();
    coverage(judgement.coverage());
    functions(judgement);
    logs();
    asked();
  }

  private void section(String title) {
    html.open("section").line().leaf("h2", title).line();
  }

  static void faults(Html html, Report.Input input) {
    List<FaultRecord> faults = input.judgement().faults();
    if (faults.isEmpty()) {
      html.leaf("p", "No faults were planned.").line();
      return;
    }
    Map<String, Fault> planned =
        input.run().plan().faults().stream()
            .collect(Collectors.toMap(Fault::id, Function.identity()));
    head(html, "", "What", "Asked", "Start (s)", "For (s)", "Proof");
    for (FaultRecord f : faults) {
      Fault plan = planned.get(f.id());
      html.open("tr", "class", f.proven() ? "" : "bad").leaf("td", f.id());
      html.leaf("td", Words.deed(f)).leaf("td", plan == null ? "" : Words.asked(plan));
      html.leaf("td", Words.start(f).replace("\u00a0s", ""), "class", "num");
      html.leaf("td", Words.lasted(f).replace("\u00a0s", ""), "class", "num");
      html.open("td").leaf("span", f.proven() ? "✓ " : "✕ ", "class", "glyph");
      html.text(Words.proof(f)).close("td").close("tr").line();
    }
    tail(html);
  }

  static void properties(Html html, List<Finding> findings) {
    if (findings.isEmpty()) {
      html.leaf("p", "Nothing was judged.").line();
      return;
    }
    head(html, "Property", "Rule", "Counts", "Verdict");
    for (Finding f : findings) {
      String glyph = Findings.glyph(f.verdict()) + " ";
      html.open("tr", "class", f.fails() ? "bad" : "");
      html.open("td").leaf("code", f.property()).close("td").leaf("td", f.summary());
      html.leaf("td", Findings.standing(f)).open("td").leaf("span", glyph, "class", "glyph");
      html.text(Findings.says(f.verdict())).close("td").close("tr").line();
    }
    tail(html);
  }

  /** Each fault, and what was asked while it lasted and while the system recovered. */
  private void coverage(Coverage coverage) {
    if (coverage.rows().isEmpty()) {
      return;
    }
    section("What the faults met");
    html.open("ul").line();
    CoverageRows.notes(coverage).forEach(note -> html.leaf("li", note).line());
    html.close("ul").line();
    head(html, CoverageRows.HEAD.toArray(String[]::new));
    for (List<String> row : CoverageRows.full(coverage)) {
      html.open("tr");
      for (int c = 0; c < row.size(); c++) {
        html.leaf("td", row.get(c), "class", c < 3 ? "" : "num");
      }
      html.close("tr").line();
    }
    tail(html);
    html.leaf(
            "p",
            "Counts during the fault, then in its recovery: as long again, at least a second.",
            "class",
            "quiet")
        .line();
    html.close("section").line();
  }

  private void functions(Judgement judgement) {
    Map<String, Map<String, Long>> functions = new TreeMap<>(judgement.exercised().byFunction());
    if (functions.isEmpty()) {
      return;
    }
    section("Operations by function");
    Map<String, Latency> latencies = Latency.of(input.history());
    List<String> heads = new ArrayList<>(List.of("Function", "ok", "fail", "info"));
    if (!latencies.isEmpty()) {
      heads.addAll(Latency.HEADS);
    }
    head(html, heads.toArray(String[]::new));
    functions.forEach((f, counts) -> {
      html.open("tr").open("td").leaf("code", f).close("td");
      for (String outcome : List.of("ok", "fail", "info")) {
        html.leaf("td", Words.count(counts.getOrDefault(outcome, 0L)), "class", "num");
      }
      Latency latency = latencies.get(f);
      if (latency != null) {
        latency.cells().forEach(cell -> html.leaf("td", cell, "class", "num"));
      }
      html.close("tr").line();
    });
    tail(html);
    html.close("section").line();
  }

  private void logs() throws IOException {
    section("Node logs");
    List<NodeLogs.Tail> tails = NodeLogs.of(input.dir());
    if (tails.isEmpty()) {
      html.leaf("p", "No logs in the run directory.").line();
    }
    for (NodeLogs.Tail tail : tails) {
      html.open("details").leaf("summary", tail.name()).line();
      if (!tail.note().isEmpty()) {
        html.leaf("p", tail.note(), "class", "quiet").line();
      }
      html.leaf("pre", tail.text()).close("details").line();
    }
    html.close("section").line();
  }

  private void asked() {
    RunSpec run = input.run();
    section("What was asked");
    html.open("table").open("tbody").line();
    row("run", run.id());
    row("target", run.targetName());
    row("workload", run.workload());
    row("environment", run.environment());
    row("nodes", run.nodes() == 0 ? "the target's default" : Integer.toString(run.nodes()));
    row("clients", run.concurrency() == 0 ? "the workload's default" : "" + run.concurrency());
    row("rate", run.rate() == 0 ? "the workload's own pace" : run.rate() + " operations/s");
    row("seed", Long.toString(run.seed()));
    new TreeMap<>(run.options()).forEach((k, v) -> row("option " + k, v));
    new TreeMap<>(run.versions()).forEach((k, v) -> row("version of " + k, v));
    if (!run.expects().isEmpty()) {
      row("expected", String.join(", ", run.expects()));
    }
    html.close("tbody").close("table").line();
    html.open("details").leaf("summary", "Fault plan").line();
    html.leaf("pre", Json.pretty(run.plan().toJson())).close("details").line();
    html.close("section").line();
  }

  private void row(String name, String value) {
    html.open("tr").leaf("th", name, "scope", "row").leaf("td", value).close("tr").line();
  }

  private static void head(Html html, String... names) {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    for (String name : names) {
      html.leaf("th", name, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody").line();
  }

  private static void tail(Html html) {
    html.close("tbody").close("table").close("div").line();
  }
}
