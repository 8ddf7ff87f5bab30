package dev.faultline.cli;

import dev.faultline.cli.CarryOverCommand.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of what carried over, as text, as a Markdown page and as data. */
final class CarryOverPage {
  private final List<Row> rows;
  private final int seeds;

  CarryOverPage(List<Row> rows, int seeds) {
    this.rows = List.copyOf(rows);
    this.seeds = seeds;
  }

  String text(int width) {
    Table table = new Table(width, "FAILURE", "FAULTS", "ENVIRONMENT", "CARRIED OVER");
    for (Row row : rows) {
      row.tried()
          .keySet()
          .forEach(environment ->
              table.row(row.name(), row.faults(), environment, summary(row, environment)));
    }
    return table.text();
  }

  /** {@code yes, as it is (2 of 2)}, or {@code no}, or why it was not tried. */
  private static String summary(Row row, String environment) {
    List<Attempt> attempts = row.tried().getOrDefault(environment, List.of());
    if (attempts.isEmpty()) {
      return row.refused().getOrDefault(environment, "");
    }
    Attempt last = attempts.get(attempts.size() - 1);
    List<Attempt> same = attempts.stream().filter(a -> a.form().equals(last.form())).toList();
    long shown = same.stream().filter(Attempt::shown).count();
    return shown == 0 ? "no" : "yes, %s (%d of %d)".formatted(last.form(), shown, same.size());
  }

  String markdown() {
    Set<String> environments = new LinkedHashSet<>();
    rows.forEach(r -> environments.addAll(r.tried().keySet()));
    StringBuilder out =
        new StringBuilder(
            """
            # What carries over

            Failures that simulation showed, replayed from the same file in simulation and for real.
            Written by `faultline carry-over --seeds %d --write FILE…`, with so many runs of each
            form. The next form is tried only if no run of the one before showed the failure: as it
            is in the file; with the times of faults and calls doubled; and with the workload's own
            operations in place of the calls and faults twice as long. It counts if the same clause
            of the same property fails. Why some do not carry over is said in `replay.md`.

            | failure | property | faults | operations |\
            """
                .formatted(seeds));
    environments.forEach(e -> out.append(' ').append(e).append(" |"));
    out.append("\n| --- | --- | --- | --- |").append(" --- |".repeat(environments.size()));
    for (Row row : rows) {
      int calls = row.given().spec().script().size();
      out.append(
          "\n| %s | `%s` | %s | %s |"
              .formatted(
                  row.name(),
                  row.given().cause(),
                  row.faults(),
                  calls == 0 ? "the workload's" : calls + (calls == 1 ? " call" : " calls")));
      for (String environment : environments) {
        out.append(' ').append(summary(row, environment)).append(" |");
      }
    }
    out.append("\n\n## What came of each form\n");
    for (Row row : rows) {
      out.append("\n### `").append(row.file()).append("`\n\n");
      row.tried()
          .forEach((environment, attempts) -> {
            if (attempts.isEmpty()) {
              out.append("- %s: not tried, %s%n".formatted(environment, summary(row, environment)));
            }
            for (Attempt a : attempts) {
              out.append("- %s, %s: %s%n".formatted(environment, a.form(), a.outcome()));
            }
          });
    }
    return out.toString();
  }

  Map<String, @Nullable Object> data() {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Row row : rows) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("file", row.file().toString());
      map.put("target", row.name());
      map.put("property", row.given().cause().property());
      map.put("clause", row.given().cause().clause());
      row.tried()
          .forEach((environment, attempts) ->
              map.put(environment, attempts.stream().map(Attempt::data).toList()));
      list.add(map);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("failures", list);
    return map;
  }
}
