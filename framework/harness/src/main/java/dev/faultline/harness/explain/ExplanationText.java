package dev.faultline.harness.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation for a terminal. */
final class ExplanationText {
  private static final int BAR = 20;

  private ExplanationText() {}

  static List<String> lines(Explanation explanation, int width) {
    List<String> out = new ArrayList<>();
    out.add(explanation.property());
    wrap(out, "  ", explanation.sentence(), width);
    Diagram diagram = explanation.diagram();
    if (diagram == null) {
      wrap(out, "  ", "Not explained: " + explanation.notExplained() + ".", width);
      return out;
    }
    out.add("");
    out.addAll(SpaceTimeText.lines(diagram, width));
    out.add("");
    wrap(out, "  ", legend(diagram), width);
    Inevitability scan = explanation.inevitability();
    if (scan != null) {
      out.add("");
      out.add("When it became inevitable");
      scan.sentences().forEach(sentence -> wrap(out, "  ", sentence, width));
      if (scan.complete()) {
        prospects(out, scan, width);
      }
    }
    Neighbour neighbour = explanation.neighbour();
    if (neighbour != null) {
      out.add("");
      out.add("The nearest schedule that does not fail");
      wrap(out, "  ", neighbour.sentence(), width);
      out.add("");
      beside(out, neighbour, width);
    }
    return out;
  }

  /** A row a moment, by how many futures fail that leave the run's course there. */
  private static void prospects(List<String> out, Inevitability scan, int width) {
    out.add("");
    for (Inevitability.Point point : scan.points()) {
      int full = point.of() == 0 ? 0 : BAR * point.failing() / point.of();
      StringBuilder row =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%9.3f  %s%s %3d of %d",
                  point.at() / 1e9,
                  "█".repeat(full),
                  "·".repeat(BAR - full),
                  point.failing(),
                  point.of()));
      Inevitability.Turn culprit = scan.culprit();
      Inevitability.Turn last = scan.inevitable();
      if (culprit != null && culprit.at() == point.at()) {
        row.append("  ◄ ").append(culprit.name());
      } else if (last != null && last.at() == point.at()) {
        row.append("  ◄ ").append(last.name());
      }
      out.add(SpaceTimeText.cut(row.toString(), width));
    }
    out.add("");
    wrap(
        out,
        "  ",
        "A future has the same past up to there, other delays and choices after it, and no fault"
            + " that had not begun.",
        width);
  }

  /** Both runs in columns of their own; what is the same in both stands in one row. */
  private static void beside(List<String> out, Neighbour neighbour, int width) {
    int column = (width - 13) / 2;
    String form = "%9s  %-" + column + "s  %s";
    out.add(row(form, "", "this run", "the one that does not fail"));
    for (Neighbour.Row row : neighbour.rows()) {
      out.add(
          row(
              form,
              String.format(Locale.ROOT, "%.3f", row.at() / 1e9),
              SpaceTimeText.cut(row.left(), column),
              SpaceTimeText.cut(row.right(), column)));
    }
  }

  private static String row(String form, String at, String left, String right) {
    return String.format(Locale.ROOT, form, at, left, right).stripTrailing();
  }

  private static String legend(Diagram diagram) {
    List<String> left =
        diagram.mostOmitted().stream().map(o -> o.getValue() + " " + o.getKey()).toList();
    return "Only what can have led to the wrong result. ● decides, × is a lost message, ▒ a line"
        + " under a fault."
        + (left.isEmpty() ? "" : " Messages left out: " + String.join(", ", left) + ".");
  }

  /** Adds a text in lines of at most so many columns, broken at blanks. */
  static void wrap(List<String> out, String indent, String text, int width) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.strip().split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > width) {
        out.add(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    out.add(line.toString());
  }
}
