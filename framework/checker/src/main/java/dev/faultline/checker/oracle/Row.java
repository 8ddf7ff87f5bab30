package dev.faultline.checker.oracle;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of a history that is being made up, to be changed freely. */
final class Row {
  /** A history without that line. */
  static final long NEVER = Long.MAX_VALUE;

  int process;
  final @Nullable String client;
  final @Nullable Object key;
  final String f;
  final @Nullable Object input;
  @Nullable Object output;
  Entry.Type type = Entry.Type.INFO;

  /** When it began and ended; two rows that meet at one moment are concurrent. */
  long invoked;

  long returned = NEVER;

  Row(
      int process,
      @Nullable String client,
      @Nullable Object key,
      String f,
      @Nullable Object input) {
    this.process = process;
    this.client = client;
    this.key = key;
    this.f = f;
    this.input = input;
  }

  Row copy() {
    Row copy = new Row(process, client, key, f, input);
    copy.output = output;
    copy.type = type;
    copy.invoked = invoked;
    copy.returned = returned;
    return copy;
  }

  /** The row of an operation. */
  static Row of(Operation op) {
    Row row = new Row(op.process(), op.client(), op.key(), op.f(), op.input());
    row.output = op.output();
    row.type =
        switch (op.outcome()) {
          case OK -> Entry.Type.OK;
          case FAIL -> Entry.Type.FAIL;
          case INFO -> Entry.Type.INFO;
        };
    row.invoked = op.invoked();
    row.returned = op.returned();
    return row;
  }

  boolean answered() {
    return returned != NEVER && type != Entry.Type.INFO;
  }

  private static final class Line {
    final long at;
    final Row row;
    final boolean invoke;

    Line(long at, Row row, boolean invoke) {
      this.at = at;
      this.row = row;
      this.invoke = invoke;
    }

    boolean returns() {
      return !invoke;
    }
  }

  /** All of them as lines; where moments are equal, calls go before returns. */
  static History history(List<Row> rows) {
    List<Line> lines = new ArrayList<>(2 * rows.size());
    for (Row row : rows) {
      lines.add(new Line(row.invoked, row, true));
      if (row.returned != NEVER) {
        lines.add(new Line(row.returned, row, false));
      }
    }
    lines.sort(Comparator.comparingLong((Line line) -> line.at).thenComparing(Line::returns));
    List<Entry> entries = new ArrayList<>(lines.size());
    for (Line line : lines) {
      Row row = line.row;
      entries.add(
          new Entry.Op(
              entries.size(),
              entries.size() * 1_000L,
              row.process,
              line.invoke ? Entry.Type.INVOKE : row.type,
              row.f,
              row.key,
              line.invoke ? row.input : row.output,
              null,
              row.client,
              null,
              false));
    }
    return History.of(entries);
  }

  /** The same as intervals that are closed at both ends. */
  static List<Operation> operations(List<Row> rows) {
    List<Operation> operations = new ArrayList<>(rows.size());
    for (Row row : rows) {
      long end = row.answered() ? row.returned : Operation.NEVER;
      Outcome outcome =
          !row.answered() ? Outcome.INFO : row.type == Entry.Type.OK ? Outcome.OK : Outcome.FAIL;
      operations.add(
          new Operation(
              operations.size(),
              row.process,
              row.f,
              row.key,
              row.input,
              row.output,
              outcome,
              null,
              row.invoked,
              row.invoked,
              end,
              end,
              row.client,
              null,
              row.invoked));
    }
    return operations;
  }

  /** For people, a line each. */
  static String told(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Operation op : operations(rows)) {
      text.append(
          "  %-3s %s%s %s -> %s %s%n"
              .formatted(
                  op.client() == null ? "p" + op.process() : op.client(),
                  op.key() == null ? "" : "key " + op.key() + " ",
                  op.f(),
                  op.input() == null ? "" : op.input(),
                  op.ok() ? op.output() : op.outcome(),
                  "[%d, %s]"
                      .formatted(op.invoked(), op.returned() == NEVER ? "…" : "" + op.returned())));
    }
    return text.toString();
  }
}
