package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The judgement as continuous integration reads it: a test case for each property, and one named
 * {@code experiment} for whether the run counts at all. A broken property that counts is a failure;
 * void and unknown are errors, so that a run that proved nothing turns the build red; what does not
 * count is skipped, and told in {@code system-out}. No time stamp: the same input gives the same
 * bytes.
 */
public final class JUnitReport implements Report {
  @Override
  public String id() {
    return "junit";
  }

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(Input input, Writer out) throws IOException {
    Judgement judgement = input.judgement();
    List<Finding> findings = judgement.findings();
    boolean barren = judgement.status() == Status.VOID || judgement.status() == Status.UNKNOWN;
    long failures = findings.stream().filter(Finding::fails).count();
    long errors = findings.stream().filter(JUnitReport::undecided).count() + (barren ? 1 : 0);
    long skipped = findings.stream().filter(f -> f.standing() == Standing.OBSERVED).count();
    String counts =
        attribute("tests", findings.size() + 1)
            + attribute("failures", failures)
            + attribute("errors", errors)
            + attribute("skipped", skipped)
            + attribute("time", Words.stamp(judgement.exercised().durationNanos()));
    String name = attribute("name", input.run().targetName());
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites").append(name).append(counts).append(">\n");
    xml.append("  <testsuite").append(name).append(counts).append(">\n");
    xml.append("    <properties>\n");
    property(xml, "seed", Long.toString(input.run().seed()));
    property(xml, "environment", input.run().environment());
    property(xml, "run", input.run().id());
    property(xml, "again", input.again());
    xml.append("    </properties>\n");
    experiment(xml, input, barren);
    for (Finding finding : findings) {
      testcase(xml, input, finding);
    }
    xml.append("  </testsuite>\n</testsuites>\n");
    out.write(xml.toString());
  }

  private static void experiment(StringBuilder xml, Input input, boolean barren) {
    open(xml, input, "experiment");
    if (barren) {
      String type = input.judgement().status().name().toLowerCase(java.util.Locale.ROOT);
      String body =
          (String.join("\n", input.judgement().reasons()) + "\nagain: " + input.again()).strip();
      problem(xml, "error", type, Findings.lead(input), body);
    }
    xml.append("    </testcase>\n");
  }

  private static void testcase(StringBuilder xml, Input input, Finding finding) {
    open(xml, input, finding.property());
    String says = Findings.says(finding.verdict());
    if (finding.standing() == Standing.OBSERVED) {
      xml.append("      <skipped").append(attribute("message", Findings.standing(finding)));
      xml.append("/>\n");
      String word =
          switch (finding.verdict()) {
            case Verdict.Valid v -> "held: ";
            case Verdict.Invalid i -> "broken: ";
            case Verdict.Unknown u -> "undecided: ";
          };
      String more =
          finding.verdict() instanceof Verdict.Invalid ? "\n" + witness(input, finding) : "";
      xml.append("      <system-out>").append(Escape.markup(word + says + more));
      xml.append("</system-out>\n");
    } else if (finding.verdict() instanceof Verdict.Invalid invalid) {
      String body =
          witness(input, finding)
              + "report: "
              + input.dir().resolve("report.html")
              + "\nagain:  "
              + input.again();
      problem(xml, "failure", invalid.clause(), says, body);
    } else if (undecided(finding)) {
      problem(xml, "error", "unknown", says, "again: " + input.again());
    }
    xml.append("    </testcase>\n");
  }

  private static boolean undecided(Finding finding) {
    return finding.standing() != Standing.OBSERVED && finding.verdict() instanceof Verdict.Unknown;
  }

  private static String witness(Input input, Finding finding) {
    TextPage page = new TextPage(100, false);
    WitnessLines.write(page, Story.of(input, finding));
    return page.text();
  }

  private static void open(StringBuilder xml, Input input, String name) {
    xml.append("    <testcase")
        .append(attribute("classname", input.run().targetName() + "." + input.run().workload()))
        .append(attribute("name", name))
        .append(">\n");
  }

  private static void problem(
      StringBuilder xml, String element, String type, String message, String body) {
    xml.append("      <").append(element);
    xml.append(attribute("type", type)).append(attribute("message", message)).append('>');
    xml.append(Escape.markup(message + "\n" + body));
    xml.append("</").append(element).append(">\n");
  }

  private static void property(StringBuilder xml, String name, String value) {
    xml.append("      <property").append(attribute("name", name)).append(attribute("value", value));
    xml.append("/>\n");
  }

  private static String attribute(String name, Object value) {
    String text = Escape.markup(value.toString()).replace("\n", "&#10;");
    return " " + name + "=\"" + text.replace('\u00a0', ' ') + "\"";
  }
}
