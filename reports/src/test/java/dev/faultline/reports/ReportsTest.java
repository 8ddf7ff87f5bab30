package dev.faultline.reports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Coverage;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.judge.Sensitivity;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportsTest {
  private static final String HOSTILE = "</script><img src=x>&\"'|`\u0000\u001b[31m\n] & done";

  @Test
  void allAreFoundAsServices() {
    assertThat(ServiceLoader.load(Report.class).stream().map(p -> p.get().id()))
        .containsExactlyInAnyOrder("text", "html", "verdict", "junit", "case-study");
  }

  @Test
  void textStaysWithinItsWidthAndColourChangesNoWord() {
    for (Report.Input input : Samples.all().values()) {
      String plain = TextReport.render(input, 80, false);
      assertThat(plain.lines()).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(80));
      String coloured = TextReport.render(input, 80, true);
      assertThat(coloured).contains("\u001b[");
      assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::stripTrailing))
          .containsExactlyElementsOf(plain.lines().toList());
    }
  }

  @Test
  void everyFormatTellsWhatAFaultMet() throws Exception {
    Report.Input input = Samples.all().get("void");
    Coverage coverage =
        new Coverage(
            List.of(
                new Coverage.Row(
                    "f1",
                    "kill",
                    "n2",
                    1_000_000_000,
                    2_000_000_000,
                    3_000_000_000L,
                    4,
                    17,
                    9,
                    null,
                    Map.of("election", 2L, "leader", 1L),
                    List.of(
                        new Coverage.Cell("write", "server", false, 31, 2, 5),
                        new Coverage.Cell("write", "server", true, 44, 0, 1)))),
            12,
            99);
    Judgement told = requireNonNull(input).judgement();
    Report.Input with =
        new Report.Input(
            input.run(),
            input.history(),
            new Judgement(
                told.status(),
                told.reasons(),
                told.findings(),
                told.faults(),
                told.exercised(),
                coverage,
                List.of(new Sensitivity("linearizable", "stale reads", 40, 38))),
            input.dir(),
            input.again());
    assertThat(TextReport.render(with, 100, false).lines())
        .anyMatch(l -> l.matches(".*f1 +31 / 2 / 5 +44 / 0 / 1 +4, 17, 2 elections, 1 leader.*"));
    for (Report report : List.of(new TextReport(), new CaseStudyReport())) {
      assertThat(write(report, with).replaceAll("\\s+", " "))
          .contains("linearizable would have shown 38 of 40 planted stale reads");
    }
    assertThat(write(new CaseStudyReport(), with))
        .contains("| f1 | write | server | 31 | 2 | 5 | 44 | 0 | 1 |", "17 conflicting pairs");
    assertThat(write(new HtmlReport(), with))
        .contains("What the faults met", "<td class=\"num\">44</td>");
    assertThat(Json.readObject(write(new VerdictReport(), with)).get("coverage"))
        .isEqualTo(Json.readObject(Json.write(CoverageRows.json(coverage))));
  }

  @Test
  void whatANodeWroteCannotBecomeMarkup() throws Exception {
    Report.Input input = hostile();
    String html = write(new HtmlReport(), input);
    assertThat(html).doesNotContain("<img").contains("&lt;img src=x&gt;");
    assertThat(html.split("</script>", -1)).hasSize(2);
    assertThat(TextReport.render(input, 100, false))
        .doesNotContain("\u001b")
        .doesNotContain("\u0000");
    assertThat(write(new CaseStudyReport(), input)).doesNotContain("<img").doesNotContain("\u001b");
    assertThat(Json.readObject(write(new VerdictReport(), input))).containsEntry("exitCode", 1L);
    Element suites = xml(write(new JUnitReport(), input));
    assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void junitCountsAgreeWithItsCases() throws Exception {
    for (Report.Input input : Samples.all().values()) {
      Element suites = xml(write(new JUnitReport(), input));
      for (String[] pair :
          new String[][] {
            {"tests", "testcase"},
            {"failures", "failure"},
            {"errors", "error"},
            {"skipped", "skipped"}
          }) {
        assertThat(suites.getAttribute(pair[0]))
            .isEqualTo("" + suites.getElementsByTagName(pair[1]).getLength());
      }
      boolean red =
          !suites.getAttribute("failures").equals("0")
              || !suites.getAttribute("errors").equals("0");
      assertThat(red).isEqualTo(input.judgement().status() != Status.VALID);
    }
  }

  @Test
  void thePageNeedsNothingFromOutsideAndHasNoSmallPrint() throws IOException {
    String html = write(new HtmlReport(), requireNonNull(Samples.all().get("lease")));
    assertThat(html).doesNotContainPattern("(src|href)=").doesNotContain("@import");
    assertThat(Pattern.compile("font(?:-size)?: ?([0-9.]+)px").matcher(html).results())
        .map((MatchResult m) -> Double.parseDouble(m.group(1)))
        .isNotEmpty()
        .allSatisfy(size -> assertThat(size).isGreaterThanOrEqualTo(11));
  }

  @Test
  void aHundredThousandOperationsMakeAPageOfLessThanTwoMegabytes() throws IOException {
    Random random = new Random(7);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      long at = i * 600_000L;
      entries.add(op(entries.size(), at, i, Entry.Type.INVOKE));
      Entry.Type end = random.nextInt(20) == 0 ? Entry.Type.FAIL : Entry.Type.OK;
      entries.add(op(entries.size(), at + random.nextInt(500_000), i, end));
      if (i % 10 == 0) {
        Map<String, @Nullable Object> facts = Map.of("token", (long) i);
        entries.add(new Entry.Node(entries.size(), at + 500_000, "n1", 1, i + 1, "granted", facts));
      }
    }
    List<FaultRecord> faults = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long start = i * 120_000_000L;
      faults.add(
          new FaultRecord("f" + i, "pause", "n2", start, start + 400_000_000L, true, Map.of()));
    }
    Report.Input sample = Samples.valid();
    Report.Input input =
        Parts.input(sample.run(), History.of(entries), Status.VALID, List.of(), List.of(), faults);
    assertThat(write(new HtmlReport(), input).length()).isLessThan(1_000_000);
  }

  @Test
  void ofALongLogTheEndIsShown(@TempDir Path dir) throws IOException {
    Path node = Files.createDirectories(dir.resolve("nodes/n1"));
    Files.writeString(
        node.resolve("out.log"),
        "first\n" + "x".repeat(99).concat("\n").repeat(2_000) + "last <b>\n");
    Report.Input input = Samples.valid();
    Report.Input here =
        new Report.Input(input.run(), input.history(), input.judgement(), dir, input.again());
    assertThat(write(new HtmlReport(), here))
        .contains("last &lt;b&gt;")
        .doesNotContain("first\n")
        .contains("the last 64 KB")
        .hasSizeLessThan(120_000);
  }

  private static Report.Input hostile() {
    Witness witness =
        new Witness(HOSTILE, List.of(new Witness.Step(0, 1, 2, HOSTILE, HOSTILE, HOSTILE)));
    Finding finding =
        new Finding(
            "linearizable", HOSTILE, Standing.CLAIMED, HOSTILE, new Verdict.Invalid("c", witness));
    FaultRecord fault =
        new FaultRecord("f1", "pause", HOSTILE, 0, 5, true, Map.of(HOSTILE, HOSTILE));
    return Parts.input(
        Samples.register().run(),
        Samples.register().history(),
        Status.INVALID,
        List.of(HOSTILE),
        List.of(finding),
        List.of(fault));
  }

  private static Entry.Op op(long index, long time, int process, Entry.Type type) {
    return new Entry.Op(index, time, process, type, "read", "x", null, null, null, "n1", false);
  }

  private static String write(Report report, Report.Input input) throws IOException {
    StringWriter out = new StringWriter();
    report.write(input, out);
    return out.toString();
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }
}
