package dev.faultline.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns; the last column is wrapped at the width. */
final class Table {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();
  private final int width;

  /**
   * @param width columns; 0 for no limit
   */
  Table(int width, String... heads) {
    this.width = width;
    rows.add(List.of(heads));
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The text, with a line end after each line. */
  String text() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns - 1; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns - 1; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + GAP));
      }
      int indent = line.length();
      List<String> parts = wrap(row.get(columns - 1), width == 0 ? 0 : width - indent);
      for (int i = 0; i < parts.size(); i++) {
        out.append(i == 0 ? line.toString() : " ".repeat(indent)).append(parts.get(i));
        trim(out);
        out.append('\n');
      }
    }
    return out.toString();
  }

  private static void trim(StringBuilder out) {
    while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
  }

  /** Breaks at blanks; a longer word is left whole, so that it can be copied. */
  static List<String> wrap(String text, int room) {
    if (room < 20 || text.length() <= room) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
