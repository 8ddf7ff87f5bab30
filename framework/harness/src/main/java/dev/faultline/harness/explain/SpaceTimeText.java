package dev.faultline.harness.explain;

import dev.faultline.harness.explain.Diagram.Arrow;
import dev.faultline.harness.explain.Diagram.Band;
import dev.faultline.harness.explain.Diagram.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A diagram for a terminal: a column a line, time downwards, a message in the row of its arrival.
 * Time is not to scale. A hatched line is one under a fault.
 */
final class SpaceTimeText {
  /** What a person scrolls through; before that come the rows that decide. */
  private static final int MOST_ROWS = 72;

  private static final int TIME = 9;
  private static final int LEFT = TIME + 3;
  private static final int WIDEST_COLUMN = 26;

  /** A message that took longer is told with the time of its sending. */
  private static final long SLOW_NANOS = 20_000_000;

  private final Diagram diagram;
  private final int width;
  private final int column;

  private SpaceTimeText(Diagram diagram, int width) {
    this.diagram = diagram;
    this.width = width;
    int columns = Math.max(1, diagram.lines().size());
    this.column = Math.clamp((width - LEFT) / columns, 3, WIDEST_COLUMN);
  }

  /** Lines of at most so many columns, none of which ends with a blank. */
  static List<String> lines(Diagram diagram, int width) {
    return new SpaceTimeText(diagram, width).draw();
  }

  /** Something to tell in one line, {@code order} among those of a moment. */
  private record Row(long at, int order, boolean deciding, Object what) {}

  private List<String> draw() {
    List<Row> rows = new ArrayList<>();
    for (Band band : diagram.bands()) {
      // A fault that waits for an event comes after it.
      rows.add(new Row(Math.max(band.start(), diagram.from()), 3, true, band));
      if (band.end() >= 0 && band.end() <= diagram.to()) {
        rows.add(
            new Row(
                band.end(),
                0,
                true,
                new Mark(band.lines().get(0), band.end(), id(band) + " ends", false)));
      }
    }
    for (Arrow arrow : diagram.arrows()) {
      rows.add(new Row(arrow.arrived(), 1, arrow.deciding(), arrow));
    }
    for (Mark mark : diagram.marks()) {
      rows.add(new Row(mark.at(), 2, mark.deciding(), mark));
    }
    rows.sort(Comparator.comparingLong(Row::at).thenComparingInt(Row::order));
    List<String> out = new ArrayList<>();
    out.add(header());
    String before = "";
    boolean gap = false;
    List<Row> kept = kept(rows);
    for (Row row : rows) {
      if (!kept.contains(row)) {
        gap = true;
        continue;
      }
      if (gap) {
        out.add(" ".repeat(TIME - 1) + "…");
        gap = false;
      }
      String stamp = String.format(Locale.ROOT, "%" + TIME + ".3f", row.at / 1e9);
      out.add(line(stamp.equals(before) ? "" : stamp, row));
      before = stamp;
    }
    return out;
  }

  /** All that decide, and of the others the last. */
  private static List<Row> kept(List<Row> rows) {
    long others = Math.max(0, MOST_ROWS - rows.stream().filter(Row::deciding).count());
    List<Row> kept = new ArrayList<>();
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).deciding || others-- > 0) {
        kept.add(rows.get(i));
      }
    }
    return kept;
  }

  private static String id(Band band) {
    int blank = band.text().indexOf(' ');
    return blank < 0 ? band.text() : band.text().substring(0, blank);
  }

  private int at(String line) {
    return LEFT + column * diagram.lines().indexOf(line);
  }

  private String header() {
    char[] row = blank();
    put(row, TIME - 6, "time s");
    for (String line : diagram.lines()) {
      put(row, at(line), cut(line, column - 1));
    }
    return text(row);
  }

  private char[] blank() {
    char[] row = new char[width];
    Arrays.fill(row, ' ');
    return row;
  }

  private String line(String stamp, Row row) {
    char[] out = blank();
    put(out, 0, stamp);
    for (String line : diagram.lines()) {
      out[at(line)] = covered(line, row.at) ? '▒' : '│';
    }
    switch (row.what) {
      case Arrow arrow -> arrow(out, arrow);
      case Mark mark -> mark(out, mark.line(), mark.deciding() ? "●" : "○", mark.text());
      case Band band -> mark(out, band.lines().get(0), "▒", band.text() + since(band));
      default -> throw new IllegalStateException("no row for " + row.what);
    }
    return text(out);
  }

  private String since(Band band) {
    return band.start() >= diagram.from()
        ? ""
        : String.format(Locale.ROOT, ", since %.3f", band.start() / 1e9);
  }

  private boolean covered(String line, long at) {
    return diagram.bands().stream()
        .anyMatch(b -> b.start() < at && b.covers(at) && b.lines().contains(line));
  }

  /** The text goes to the right if it fits there, or else to the side with more room. */
  private void mark(char[] out, String line, String sign, String text) {
    int x = at(line);
    put(out, x, sign);
    int right = width - x - 2;
    int left = x - LEFT - 1;
    if (text.length() <= right || right >= left) {
      put(out, x + 1, " " + cut(text, right));
      pad(out, x + 2 + Math.min(text.length(), right));
    } else {
      String shown = cut(text, left);
      put(out, x - 2 - shown.length(), " " + shown + " ");
    }
  }

  /** A line right behind a text would look like a part of it. */
  private static void pad(char[] out, int x) {
    if (x < out.length) {
      out[x] = ' ';
    }
  }

  private void arrow(char[] out, Arrow arrow) {
    int from = at(arrow.from());
    int to = at(arrow.to());
    boolean right = to > from;
    int low = Math.min(from, to) + 1;
    int high = Math.max(from, to) - 1;
    Arrays.fill(out, low, high + 1, arrow.lost() ? '╌' : '─');
    out[from] = right ? '├' : '┤';
    out[right ? high : low] = arrow.lost() ? '×' : right ? '►' : '◄';
    String label = arrow.type() + (arrow.times() > 1 ? " ×" + arrow.times() : "");
    int room = high - low - 3;
    if (room >= Math.min(label.length(), 5)) {
      String shown = " " + cut(label, room) + " ";
      put(out, low + (high - low + 1 - shown.length()) / 2 + (right ? 0 : 1), shown);
    } else if (high + 3 + label.length() < width) {
      put(out, high + 3, label + " ");
      return;
    }
    if (arrow.arrived() - arrow.sent() > SLOW_NANOS && !arrow.lost()) {
      String sent = String.format(Locale.ROOT, "sent %.3f", arrow.sent() / 1e9);
      if (high + 3 + sent.length() < width) {
        put(out, high + 3, sent + " ");
      }
    }
  }

  private static void put(char[] out, int x, String text) {
    for (int i = 0; i < text.length() && x + i < out.length; i++) {
      out[x + i] = text.charAt(i);
    }
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
  }

  private static String text(char[] row) {
    return new String(row).stripTrailing();
  }
}
