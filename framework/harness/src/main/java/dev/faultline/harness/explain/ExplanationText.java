package dev.faultline.harness.explain;

import java.util.ArrayList;
import java.util.List;

/** An explanation for a terminal. */
final class ExplanationText {
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
    return out;
  }

  private static String legend(Diagram diagram) {
    List<String> left = new ArrayList<>();
    diagram.omitted().forEach((type, n) -> left.add(n + " " + type));
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
