package dev.faultline.checker.rules;

import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the fenced log, as a read showed it: {@code [token, writer, payload]}. */
record Row(int position, long token, @Nullable String writer, @Nullable Object payload) {

  /** Reads of the whole log that succeeded, in the order of their returns. */
  static List<Operation> reads(History history) {
    return history
        .operations(op -> op.ok() && op.f().equals("read") && op.output() instanceof List<?>)
        .stream()
        .sorted(Comparator.comparingLong(Operation::returned))
        .toList();
  }

  /** The entries of such a read; an entry of another shape is an error of the adapter's. */
  static List<Row> of(Operation read) {
    List<Row> rows = new ArrayList<>();
    if (read.output() instanceof List<?> list) {
      for (Object entry : list) {
        List<?> row = entry instanceof List<?> fields ? fields : List.of();
        Long token = Shown.number(Shown.at(row, 0));
        if (token == null) {
          throw new IllegalArgumentException(
              "entry %d, read: position %d is %s, want [token, holder, payload]"
                  .formatted(read.returned(), rows.size(), Json.write(entry)));
        }
        Object writer = Shown.at(row, 1);
        rows.add(
            new Row(rows.size(), token, writer instanceof String s ? s : null, Shown.at(row, 2)));
      }
    }
    return rows;
  }

  /** How it reads: {@code append 41 "h2-90", position 312}. */
  String text() {
    return "append %d %s, position %d".formatted(token, Json.write(payload), position);
  }
}
