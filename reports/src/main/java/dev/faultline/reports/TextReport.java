package dev.faultline.reports;

import dev.faultline.harness.Report;
import dev.faultline.harness.explain.Explanations;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Exercised;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** The verdict for a terminal: who and what in one line, the reason in ten, the command last. */
public final class TextReport implements Report.Screen {
  private static final int FILE_WIDTH = 100;

  @Override
  public String id() {
    return "text";
  }

  @Override
  public String fileName() {
    return "summary.txt";
  }

  @Override
  public void write(Input input, Writer out) throws IOException {
    out.write(render(input, FILE_WIDTH, false));
  }

  @Override
  public String show(Input input, int width, boolean colour) {
    return render(input, width, colour);
  }

  /**
   * The text, with a line end after each line.
   *
   * @param width columns; lines are wrapped at blanks to stay within, a word longer than that is
   *     left whole
   * @param colour whether to use ANSI colours; they carry nothing that the words do not
   */
  public static String render(Input input, int width, boolean colour) {
    TextPage page = new TextPage(Math.max(60, width), colour);
    Judgement judgement = input.judgement();
    Findings findings = Findings.of(judgement);
    Finding headline = judgement.headline();
    page.verdict(
        judgement.status(),
        headline != null ? headline.property() : input.run().targetName(),
        Words.seconds(judgement.exercised().durationNanos()) + ", seed " + input.run().seed());
    Finding told = findings.told();
    if (headline != null && told != null) {
      witness(page, input, told);
    } else {
      page.paragraph(Findings.lead(input));
      reasons(page, judgement, findings);
    }
    page.gap();
    findings.broken().stream()
        .skip(headline == null ? 0 : 1)
        .forEach(f -> page.field("broken", f.property() + ": " + Findings.says(f.verdict())));
    boolean valid = judgement.status() == Judgement.Status.VALID;
    if (valid) {
      held(page, judgement, findings);
    }
    page.field("exercised", exercised(judgement));
    if (!valid) {
      held(page, judgement, findings);
    }
    if (judgement.status() == Judgement.Status.INVALID) {
      findings
          .undecided()
          .forEach(f -> page.field("undecided", f.property() + ": " + Findings.says(f.verdict())));
    }
    if (judgement.status() != Judgement.Status.INVALID) {
      faults(page, judgement.faults());
      page.table("latency", Latency.rows(input.history()));
      page.table("coverage", CoverageRows.compact(judgement.coverage()));
      String label = "planted";
      for (String line : Words.sensitivity(judgement.sensitivity())) {
        page.field(label, line);
        label = "";
      }
    }
    for (Finding f : findings.observedBroken()) {
      page.field(
          "observed", f.property() + ": " + Findings.says(f.verdict()) + " (" + f.reason() + ")");
    }
    String control = ControlNote.of(input.dir());
    if (control != null) {
      page.field("control", control);
    }
    page.field("see", input.dir().resolve("report.html").toString());
    String why = Explanations.command(input.dir());
    if (why != null) {
      page.field("why", why);
    }
    page.field("again", input.again());
    if (headline == null && told != null) {
      page.gap();
      page.field("observed", told.property());
      witness(page, input, told);
    }
    return page.text();
  }

  private static void witness(TextPage page, Input input, Finding finding) {
    Story story = Story.of(input, finding);
    page.paragraph(story.sentence());
    page.gap();
    WitnessLines.write(page, story);
  }

  private static void reasons(TextPage page, Judgement judgement, Findings findings) {
    if (judgement.status() == Judgement.Status.VALID) {
      return;
    }
    page.gap();
    for (String reason : judgement.reasons()) {
      page.item(reason);
    }
    for (Finding f : findings.undecided()) {
      String says = Findings.says(f.verdict());
      if (judgement.reasons().stream().noneMatch(r -> r.contains(says))) {
        page.item(f.property() + ": " + says);
      }
    }
  }

  private static String exercised(Judgement judgement) {
    Exercised done = judgement.exercised();
    List<String> parts = new ArrayList<>();
    parts.add(
        Words.counted(done.operations(), "operation")
            + " (ok %s, fail %s, info %s)"
                .formatted(
                    Words.count(done.ok()), Words.count(done.fail()), Words.count(done.info())));
    if (!judgement.faults().isEmpty()) {
      parts.add(Words.count(done.duringFaults()) + " of them during faults");
    }
    if (!done.events().isEmpty()) {
      parts.add(Words.events(done.events()));
    }
    parts.add(Words.faults(judgement.faults()));
    return String.join(", ", parts);
  }

  private static void held(TextPage page, Judgement judgement, Findings findings) {
    if (judgement.status() == Judgement.Status.VALID) {
      List<List<String>> rows =
          findings.held().stream()
              .map(f -> List.of(f.property(), Findings.says(f.verdict()), f.summary()))
              .toList();
      page.table("held", rows);
    } else if (!findings.held().isEmpty()) {
      page.field(
          "held",
          String.join(", ", findings.held().stream().map(Finding::property).toList())
              + (judgement.status() == Judgement.Status.VOID ? " (as far as it went)" : ""));
    }
  }

  private static void faults(TextPage page, List<FaultRecord> faults) {
    List<List<String>> rows = new ArrayList<>();
    for (FaultRecord f : faults) {
      rows.add(
          List.of(
              f.id(),
              f.kind(),
              f.target(),
              f.start() < 0 ? "never" : "at " + Words.start(f),
              f.start() < 0 || f.end() < 0 ? Words.lasted(f) : "for " + Words.lasted(f),
              Words.proof(f)));
    }
    page.table("faults", rows);
  }
}
