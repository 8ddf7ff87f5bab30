package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Coverage;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import dev.faultline.spec.Claim;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * First version of a failure report, for a person to finish. Everything in it was measured in this
 * run; a cause is never asserted, because a history shows what happened and not why.
 */
public final class CaseStudyReport implements Report {
  @Override
  public String id() {
    return "case-study";
  }

  @Override
  public String fileName() {
    return "case-study.md";
  }

  @Override
  public void write(Input input, Writer out) throws IOException {
    Markdown md = new Markdown();
    Judgement judgement = input.judgement();
    Findings findings = Findings.of(judgement);
    Finding headline = judgement.headline();
    RunSpec run = input.run();
    md.heading(
        1, headline == null ? run.targetName() : run.targetName() + ": " + headline.property());
    md.quote(judgement.status().name(), Findings.lead(input));
    promised(md, run, headline);
    done(md, input);
    md.heading(2, "What happened");
    judgement.reasons().forEach(md::item);
    String control = ControlNote.of(input.dir());
    if (control != null) {
      md.item("Control: " + control + ".");
    }
    md.gap();
    List<Finding> broken = findings.broken();
    for (Finding finding : broken.isEmpty() ? findings.observedBroken() : broken) {
      happened(md, input, finding);
    }
    if (findings.told() == null && judgement.reasons().isEmpty()) {
      md.paragraph("Nothing that breaks a promise.");
    }
    md.heading(2, "How to see it again");
    md.code("sh", input.again());
    md.paragraph(
        "Seed %d. The run directory holds the history, the plan as carried out, and the logs."
            .formatted(run.seed()));
    held(md, findings);
    Words.sensitivity(judgement.sensitivity()).forEach(line -> md.item(line + "."));
    md.gap();
    limits(md, input, findings);
    out.write(md.text());
  }

  private static void promised(Markdown md, RunSpec run, @Nullable Finding headline) {
    md.heading(2, "What was promised");
    List<List<String>> rows = new ArrayList<>();
    for (Claim claim : run.claims()) {
      if (headline == null || claim.property().equals(headline.property())) {
        String under = claim.under().isEmpty() ? "no faults" : String.join(", ", claim.under());
        rows.add(List.of(claim.property(), under, claim.source()));
      }
    }
    md.table(List.of("Claim", "Under", "Source"), rows, "The target claims nothing about this.");
    if (headline != null) {
      md.paragraph(headline.property() + ": " + headline.summary());
    }
  }

  private static void done(Markdown md, Input input) {
    RunSpec run = input.run();
    Judgement judgement = input.judgement();
    md.heading(2, "What was done");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Target", run.targetName()));
    rows.add(List.of("Workload", run.workload()));
    rows.add(List.of("Environment", run.environment()));
    run.versions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(v -> rows.add(List.of("Version of " + v.getKey(), v.getValue())));
    rows.add(List.of("Time", Durations.format(run.time())));
    rows.add(
        List.of(
            "Operations",
            "%s: ok %s, fail %s, info %s; %s during faults"
                .formatted(
                    Words.count(judgement.exercised().operations()),
                    Words.count(judgement.exercised().ok()),
                    Words.count(judgement.exercised().fail()),
                    Words.count(judgement.exercised().info()),
                    Words.count(judgement.exercised().duringFaults()))));
    new TreeMap<>(run.options()).forEach((k, v) -> rows.add(List.of("Option " + k, v)));
    md.table(List.of("", ""), rows, "");
    List<List<String>> faults = new ArrayList<>();
    for (FaultRecord f : judgement.faults()) {
      faults.add(List.of(f.id(), Words.deed(f), Words.start(f), Words.lasted(f), Words.proof(f)));
    }
    md.table(List.of("Fault", "What", "Start", "For", "Proof"), faults, "No faults were planned.");
    coverage(md, judgement.coverage());
    if (!faults.isEmpty()) {
      md.details("The plan, as data", "json", Json.pretty(run.plan().toJson()));
    }
  }

  private static void coverage(Markdown md, Coverage coverage) {
    if (!coverage.rows().isEmpty()) {
      md.heading(3, "What the faults met");
      CoverageRows.notes(coverage).forEach(md::item);
      md.gap();
      md.table(CoverageRows.HEAD, CoverageRows.full(coverage), "");
    }
  }

  private static void happened(Markdown md, Input input, Finding finding) {
    Story story = Story.of(input, finding);
    md.heading(3, finding.property());
    md.paragraph(story.sentence());
    List<List<String>> rows = new ArrayList<>();
    for (Witness.Step step : story.steps()) {
      String remark = step.remark() == null ? "" : step.remark();
      rows.add(List.of(Words.stamp(step.time()), step.lane(), step.text(), remark));
    }
    md.table(List.of("Time (s)", "Who", "What", "Why it matters"), rows, "");
    if (story.omittedSteps() > 0) {
      md.paragraph(
          Words.counted(story.omittedSteps(), "step") + " left out; verdict.json has all.");
    }
    List<String> active = story.faults().stream().map(f -> f.id() + " " + Words.deed(f)).toList();
    md.paragraph(
        active.isEmpty()
            ? "No fault was active meanwhile."
            : "Active meanwhile: " + Words.list(active) + ".");
    if (finding.verdict() instanceof Verdict.Invalid invalid) {
      md.heading(3, "Why it is wrong");
      md.paragraph(
          "The rule %s says: %s It fails in its clause %s."
              .formatted(finding.property(), sentence(finding.summary()), invalid.clause()));
    }
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.isEmpty() ? text : text + ".";
  }

  private static void held(Markdown md, Findings findings) {
    md.heading(2, "What held");
    List<List<String>> rows = new ArrayList<>();
    for (Finding f : findings.held()) {
      rows.add(List.of(f.property(), f.summary(), Findings.says(f.verdict())));
    }
    md.table(List.of("Property", "Rule", "Evidence"), rows, "Nothing that counts.");
  }

  private static void limits(Markdown md, Input input, Findings findings) {
    md.heading(2, "Limits");
    findings
        .undecided()
        .forEach(f -> md.item("Undecided: " + f.property() + ": " + Findings.says(f.verdict())));
    findings
        .observedBroken()
        .forEach(f -> md.item("Seen, not counted: " + f.property() + " (" + f.reason() + ")."));
    findings
        .observedOther()
        .forEach(f -> md.item("Not counted: " + f.property() + " (" + f.reason() + ")."));
    for (Finding f : findings.held()) {
      if (f.verdict() instanceof Verdict.Valid v && v.examined() == 0) {
        md.item(f.property() + " had nothing to examine: it was not tested.");
      }
    }
    List<String> kinds = List.copyOf(new TreeSet<>(input.run().plan().kinds()));
    md.item(
        (kinds.isEmpty()
                ? "No fault was planned"
                : "Only these kinds of fault were planned: " + Words.list(kinds))
            + ". Nothing is said about others.");
    md.item("One run, one seed. What held here may break in another.");
    md.item("The cause is not in the history; what was active meanwhile need not be it.");
  }
}
