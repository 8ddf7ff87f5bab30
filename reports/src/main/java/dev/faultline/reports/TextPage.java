package dev.faultline.reports;

import dev.faultline.harness.judge.Judgement.Status;
import java.util.ArrayList;
import java.util.List;

/** Lines of a terminal: a margin, a column of labels, wrapped text, and colour if wanted. */
final class TextPage {
  /** What a piece of text is; each has its colour. */
  enum Ink {
    PLAIN(""),
    LABEL("2"),
    FAULT("33"),
    REMARK("1;31"),
    GOOD("1;32"),
    BAD("1;31"),
    OPEN("1;33");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  private static final String MARGIN = "  ";
  private static final String INDENT = "    ";
  private static final int LABEL_WIDTH = 11;

  private final StringBuilder out = new StringBuilder();
  private final int width;
  private final boolean colour;

  TextPage(int width, boolean colour) {
    this.width = width;
    this.colour = colour;
  }

  int width() {
    return width;
  }

  /** Verdict on the left, what it took on the right. */
  void verdict(Status status, String about, String right) {
    Ink ink =
        switch (status) {
          case VALID -> Ink.GOOD;
          case INVALID -> Ink.BAD;
          case VOID, UNKNOWN -> Ink.OPEN;
        };
    String name = Escape.terminal(about);
    int used = status.name().length() + 2 + name.length() + right.length();
    line(
        paint(status.name(), ink)
            + "  "
            + name
            + " ".repeat(Math.max(2, width - used))
            + paint(right, Ink.LABEL));
  }

  void gap() {
    line("");
  }

  void paragraph(String text) {
    wrap(text, width - MARGIN.length()).forEach(l -> line(MARGIN + l));
  }

  void item(String text) {
    String lead = "- ";
    for (String l : wrap(text, width - MARGIN.length() - lead.length())) {
      line(MARGIN + lead + l);
      lead = "  ";
    }
  }

  void field(String label, String text) {
    String lead = label;
    for (String l : wrap(text, room())) {
      labelled(lead, l);
      lead = "";
    }
  }

  /**
   * Rows in columns; the last is wrapped, and goes below the others when there is no room beside
   * them. Nothing when there are no rows.
   */
  void table(String label, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c + 1 < columns; c++) {
        widths[c] = Math.max(widths[c], Escape.terminal(row.get(c)).length());
      }
    }
    int before = 0;
    for (int c = 0; c + 1 < columns; c++) {
      before += widths[c] + 2;
    }
    boolean below = room() - before < 28;
    String lead = label;
    for (List<String> row : rows) {
      StringBuilder left = new StringBuilder();
      for (int c = 0; c + 1 < columns; c++) {
        left.append(pad(Escape.terminal(row.get(c)), widths[c])).append("  ");
      }
      String start = left.toString();
      if (below) {
        for (String l : wrap(start.strip(), room())) {
          labelled(lead, l);
          lead = "";
        }
        start = INDENT;
      }
      for (String l : wrap(row.get(columns - 1), room() - start.length())) {
        labelled(lead, start + l);
        lead = "";
        start = " ".repeat(start.length());
      }
    }
  }

  private int room() {
    return width - MARGIN.length() - LABEL_WIDTH;
  }

  private void labelled(String label, String text) {
    line(MARGIN + paint(pad(label, LABEL_WIDTH), Ink.LABEL) + text);
  }

  /** A line that is laid out already. */
  void line(String text) {
    out.append(text.replace('\u00a0', ' ').stripTrailing()).append('\n');
  }

  String paint(String text, Ink ink) {
    return colour && !ink.code.isEmpty() && !text.isBlank()
        ? "\u001b[" + ink.code + "m" + text + "\u001b[0m"
        : text;
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Breaks at blanks; a longer word is left whole, so that paths and commands can be copied. */
  static List<String> wrap(String text, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Escape.terminal(text).split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  String text() {
    return out.toString();
  }
}
