package dev.faultline.reports;

import dev.faultline.harness.judge.Judgement.FaultRecord;

/** Text in charts: how wide it will be, and what of it fits. */
final class Labels {
  /** Advance of one character in the charts' monospaced 12 px. */
  static final double CHAR = 7.25;

  private Labels() {}

  static double width(String text) {
    return text.codePointCount(0, text.length()) * CHAR;
  }

  /** At most so many characters, the last an ellipsis if any had to go. */
  static String cut(String text, int max) {
    if (text.codePointCount(0, text.length()) <= max) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
  }

  /** Writes as much of a text as fits; nothing when that is too little to read. */
  static void fitted(Html out, String text, double x, double y, double room, String style) {
    int max = (int) (room / CHAR);
    if (max >= Math.min(3, text.length())) {
      out.leaf("text", cut(text, max), "class", style, "x", x, "y", y);
    }
  }

  /** All about a fault, for a tooltip. */
  static String hover(FaultRecord fault) {
    return "%s %s, from %s, for %s: %s"
        .formatted(
            fault.id(),
            Words.deed(fault),
            Words.start(fault),
            Words.lasted(fault),
            Words.proof(fault));
  }
}
