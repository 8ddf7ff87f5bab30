package dev.faultline.reports;

import dev.faultline.harness.Report;
import dev.faultline.harness.explain.Diagram;
import dev.faultline.harness.explain.Explanation;
import dev.faultline.harness.explain.Explanations;
import dev.faultline.harness.explain.Inevitability;
import dev.faultline.harness.explain.Neighbour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What led to the wrong result of a simulated run, if it was explained. */
final class WhySection {
  private static final int MOST_TYPES = 4;

  private final Html html;
  private final Report.Input input;

  WhySection(Html html, Report.Input input) {
    this.html = html;
    this.input = input;
  }

  void write() {
    Explanation explanation = Explanations.read(input.dir());
    if (explanation == null) {
      return;
    }
    html.open("section").line();
    Diagram diagram = explanation.diagram();
    if (diagram == null) {
      html.leaf("h2", "Why").line();
      html.leaf("p", "Not explained: " + explanation.notExplained() + ".", "class", "quiet").line();
    } else {
      html.leaf("h2", "Why: the messages that led to it").line();
      diagram(explanation, diagram);
      Inevitability scan = explanation.inevitability();
      if (scan == null || !scan.complete()) {
        String command = Explanations.command(input.dir());
        html.open("p", "class", "quiet");
        html.text("When it became inevitable, and the nearest schedule that does not fail: ");
        html.leaf("code", String.valueOf(command)).text(" finds out, and writes it here.");
        html.close("p").line();
      } else {
        prospects(scan, diagram);
      }
      Neighbour neighbour = explanation.neighbour();
      if (neighbour != null) {
        beside(neighbour);
      }
    }
    html.close("section").line();
  }

  private void diagram(Explanation explanation, Diagram diagram) {
    html.open("div", "class", "scroll");
    html.raw(SpaceTimeChart.svg(diagram)).close("div").line();
    String left = leftOut(diagram);
    String note =
        "Only what can have led to the wrong result is drawn. A cross is a lost message, a band a"
            + " fault on that line. "
            + (left.isEmpty() ? "" : "Left out: " + left + ". ")
            + "For ShiViz, "
            + explanation.shiViz()
            + ": "
            + Explanations.SHIVIZ
            + ".";
    html.leaf("p", note, "class", "quiet").line();
  }

  /** The most frequent types of messages that are not drawn. */
  private static String leftOut(Diagram diagram) {
    List<String> left = new ArrayList<>();
    long others = 0;
    for (Map.Entry<String, Long> type : diagram.mostOmitted()) {
      if (left.size() < MOST_TYPES) {
        left.add(Words.count(type.getValue()) + " " + type.getKey());
      } else {
        others += type.getValue();
      }
    }
    if (others > 0) {
      left.add(Words.count(others) + " others");
    }
    return Words.list(left);
  }

  private void prospects(Inevitability scan, Diagram diagram) {
    html.leaf("h3", "When it became inevitable").line();
    html.leaf("p", String.join(" ", scan.sentences())).line();
    if (!scan.points().isEmpty()) {
      html.open("div", "class", "scroll");
      html.raw(ProspectsChart.svg(scan, diagram.bands())).close("div").line();
    }
    String note =
        "How many futures fail, by when they leave the course of this run: each has the same past"
            + " up to there, other delays and choices after it, and no fault that had not begun."
            + " %s runs.".formatted(Words.count(scan.runs()));
    html.leaf("p", note, "class", "quiet").line();
  }

  private void beside(Neighbour neighbour) {
    html.leaf("h3", "The nearest schedule that does not fail").line();
    html.leaf("p", neighbour.sentence()).line();
    html.open("div", "class", "scroll").open("table", "class", "beside");
    html.open("tr").leaf("th", "s").leaf("th", "This run");
    html.leaf("th", "The one that does not fail").close("tr").line();
    for (Neighbour.Row row : neighbour.rows()) {
      html.open("tr", "class", row.left().equals(row.right()) ? "same" : "");
      html.leaf("td", Words.stamp(row.at()), "class", "num");
      html.leaf("td", row.left()).leaf("td", row.right()).close("tr").line();
    }
    html.close("table").close("div").line();
  }
}
