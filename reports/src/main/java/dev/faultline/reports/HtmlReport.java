package dev.faultline.reports;

import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Exercised;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.json.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One page that opens from a disk without a network: the verdict and its reason on the first
 * screen, everything else below. Readable without scripts, in light and dark.
 */
public final class HtmlReport implements Report {
  @Override
  public String id() {
    return "html";
  }

  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public void write(Input input, Writer out) throws IOException {
    Html html = new Html();
    String title = input.judgement().status() + " " + input.run().targetName();
    html.raw("<!doctype html>\n").open("html", "lang", "en").line().open("head").line();
    html.raw("<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.leaf("title", title).line();
    html.open("style").line().raw(resource("report.css")).close("style").line();
    html.close("head").line().open("body").line();
    html.raw(HATCH);
    top(html, input);
    html.open("div", "class", "first").line();
    main(html, input);
    aside(html, input);
    html.close("div").line();
    new HtmlSections(html, input).write();
    html.open("script").line().raw(resource("report.js")).close("script").line();
    html.close("body").close("html").line();
    out.write(html.toString());
  }

  /** The pattern of fault bars; one definition for all charts. */
  private static final String HATCH =
      """
      <svg width="0" height="0" aria-hidden="true"><defs>\
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground"/>\
      <rect width="2" height="6" class="hatch-line"/></pattern></defs></svg>
      """;

  private static void top(Html html, Input input) {
    Status status = input.judgement().status();
    String glyph =
        switch (status) {
          case VALID -> "✓";
          case INVALID -> "✕";
          case VOID -> "∅";
          case UNKNOWN -> "?";
        };
    html.open("header", "class", status.name().toLowerCase(java.util.Locale.ROOT)).line();
    html.leaf(
        "p",
        String.join(
            " · ",
            input.run().targetName(),
            input.run().workload(),
            input.run().environment(),
            "seed " + input.run().seed(),
            Words.seconds(input.judgement().exercised().durationNanos())),
        "class",
        "meta");
    html.line().open("h1").open("span", "class", "verdict");
    html.text(glyph + "\u00a0" + status).close("span").text(" " + Findings.lead(input));
    html.close("h1").line();
    html.open("p", "class", "again").leaf("span", "again", "class", "label");
    html.leaf("code", input.again(), "id", "again");
    html.leaf("button", "Copy", "type", "button", "id", "copy", "hidden", "hidden");
    html.close("p").line().close("header").line();
  }

  private static void main(Html html, Input input) {
    Judgement judgement = input.judgement();
    Findings findings = Findings.of(judgement);
    Finding told = findings.told();
    html.open("main").line();
    if (judgement.headline() != null && told != null) {
      witness(html, input, told);
    } else {
      if (judgement.status() == Status.VOID) {
        html.leaf("h2", "What did not happen, and what to change").line();
      }
      html.open("ul", "class", "reasons").line();
      judgement.reasons().forEach(r -> html.leaf("li", r).line());
      for (Finding f : findings.undecided()) {
        html.open("li").leaf("b", f.property()).text(" " + Findings.says(f.verdict()));
        html.close("li").line();
      }
      html.close("ul").line();
      if (judgement.status() == Status.VALID) {
        html.leaf("h2", "What held").line();
        HtmlSections.properties(html, findings.held());
        for (String line : Words.sensitivity(judgement.sensitivity())) {
          html.leaf("p", line + ".", "class", "quiet").line();
        }
      }
      html.leaf("h2", "The faults, and what proved them").line();
      HtmlSections.faults(html, input);
    }
    String control = ControlNote.of(input.dir());
    if (control != null) {
      html.leaf("p", "Control: " + control + ".").line();
    }
    html.close("main").line();
  }

  /** The sentence, the chart, and the steps in words: nothing that matters needs hover. */
  static void witness(Html html, Input input, Finding finding) {
    Story story = Story.of(input, finding);
    html.open("figure").line();
    html.open("figcaption").leaf("b", story.sentence()).text(" ");
    html.leaf("span", finding.property() + ": " + finding.summary(), "class", "quiet");
    html.close("figcaption").line();
    html.open("div", "class", "scroll").raw(WitnessChart.svg(story, Holders.of(input.history())));
    html.close("div").line().open("table", "class", "steps").open("tbody").line();
    int number = 1;
    for (var step : story.steps()) {
      html.open("tr", "class", step.remark() == null ? "" : "bad");
      html.leaf("td", Integer.toString(number++), "class", "number");
      html.leaf("td", Words.stamp(step.time()), "class", "num").leaf("td", step.lane());
      html.open("td").leaf("code", step.text());
      if (step.remark() != null) {
        html.text(" ").leaf("strong", "◄ " + step.remark());
      }
      html.close("td").close("tr").line();
    }
    html.close("tbody").close("table").line();
    html.open("p", "class", "quiet");
    html.text("The order is exact; distances in time are eased so that short operations show. ");
    html.text(
        story.omittedSteps() + story.omittedFaults() == 0
            ? "Bands are faults active meanwhile."
            : "Left out: %s, %s; verdict.json has all."
                .formatted(
                    Words.counted(story.omittedSteps(), "step"),
                    Words.counted(story.omittedFaults(), "fault")));
    html.close("p").line().close("figure").line();
  }

  private static void aside(Html html, Input input) {
    Judgement judgement = input.judgement();
    Findings findings = Findings.of(judgement);
    Exercised done = judgement.exercised();
    html.open("aside").line().leaf("h2", "Exercised").line().open("dl").line();
    pair(html, "operations", Words.count(done.operations()));
    pair(html, "ok", Words.count(done.ok()));
    pair(html, "fail", Words.count(done.fail()));
    pair(html, "info (unknown)", Words.count(done.info()));
    pair(html, "during faults", Words.count(done.duringFaults()));
    for (Map.Entry<String, Long> event : new TreeMap<>(done.events()).entrySet()) {
      pair(html, event.getKey(), Words.count(event.getValue()));
    }
    pair(html, "asked to last", Durations.format(input.run().time()));
    html.close("dl").line();
    html.leaf("p", capital(Words.faults(judgement.faults())) + ".").line();
    list(html, "Broken as well", findings.broken().stream().skip(1).toList());
    boolean barren = judgement.status() == Status.VOID;
    list(html, barren ? "Held, as far as it went" : "Held", findings.held());
    list(html, "Undecided", findings.undecided());
    list(html, "Seen broken, not counted", findings.observedBroken());
    html.close("aside").line();
  }

  private static void list(Html html, String title, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    html.leaf("h2", title).line().open("ul", "class", "marks").line();
    for (Finding f : findings) {
      html.open("li", "title", f.summary())
          .leaf("span", Findings.glyph(f.verdict()), "class", "glyph");
      html.text(" " + f.property()).close("li").line();
    }
    html.close("ul").line();
  }

  private static void pair(Html html, String name, String value) {
    html.leaf("dt", name).leaf("dd", value).line();
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path; rebuild reports");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
