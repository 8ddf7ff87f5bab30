package dev.faultline.reports;

import dev.faultline.harness.judge.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each fault met, as rows of a table, the same in every format. */
final class CoverageRows {
  /** The columns of {@link #full}. */
  static final List<String> HEAD =
      List.of("Fault", "Function", "Role", "ok", "fail", "info", "then ok", "fail", "info");

  private static final String LEGEND = "ok / fail / info";

  private CoverageRows() {}

  /** One row for each fault, after one that says what the columns are; none without faults. */
  static List<List<String>> compact(Coverage coverage) {
    List<List<String>> rows = new ArrayList<>();
    if (coverage.rows().isEmpty()) {
      return rows;
    }
    rows.add(List.of("", "during: " + LEGEND, "recovery: " + LEGEND, "open at start, pairs"));
    for (Coverage.Row row : coverage.rows()) {
      rows.add(
          List.of(
              row.fault(),
              sums(row, false),
              sums(row, true),
              row.inFlight() + ", " + row.pairs() + signs(row)));
    }
    return rows;
  }

  /** A row for each function and role that a fault met, during it and in recovery. */
  static List<List<String>> full(Coverage coverage) {
    List<List<String>> rows = new ArrayList<>();
    for (Coverage.Row row : coverage.rows()) {
      Map<String, long[]> cells = new TreeMap<>();
      for (Coverage.Cell cell : row.cells()) {
        String name = cell.f() + "\n" + cell.role();
        long[] counts = cells.computeIfAbsent(name, n -> new long[6]);
        int at = cell.recovering() ? 3 : 0;
        counts[at] += cell.ok();
        counts[at + 1] += cell.fail();
        counts[at + 2] += cell.info();
      }
      String fault = row.fault();
      for (Map.Entry<String, long[]> cell : cells.entrySet()) {
        List<String> out = new ArrayList<>();
        out.add(fault);
        fault = "";
        String[] name = cell.getKey().split("\n", 2);
        out.add(name[0]);
        out.add(name[1]);
        for (long count : cell.getValue()) {
          out.add(Words.count(count));
        }
        rows.add(out);
      }
    }
    return rows;
  }

  /** {@code f1 kill n2: 3 operations open when it began, 12 conflicting pairs, 1 leader}. */
  static List<String> notes(Coverage coverage) {
    return coverage.rows().stream()
        .map(row ->
            row.fault()
                + " "
                + row.kind()
                + " "
                + row.target()
                + ": "
                + Words.counted(row.inFlight(), "operation")
                + " open when it began, "
                + Words.counted(row.pairs(), "conflicting pair")
                + signs(row))
        .toList();
  }

  private static String signs(Coverage.Row row) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(row.signs())
        .forEach((sign, n) ->
            text.append(", ")
                .append(Words.count(n))
                .append(' ')
                .append(
                    switch (sign) {
                      case "election" -> n == 1 ? "election" : "elections";
                      case "recovery" -> n == 1 ? "recovery" : "recoveries";
                      default -> sign + (n == 1 ? " change" : " changes");
                    }));
    return text.toString();
  }

  private static String sums(Coverage.Row row, boolean recovering) {
    long[] sums = new long[3];
    for (Coverage.Cell cell : row.cells()) {
      if (cell.recovering() == recovering) {
        sums[0] += cell.ok();
        sums[1] += cell.fail();
        sums[2] += cell.info();
      }
    }
    return Words.count(sums[0]) + " / " + Words.count(sums[1]) + " / " + Words.count(sums[2]);
  }

  /** For machines. */
  static Map<String, @Nullable Object> json(Coverage coverage) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("okBefore", coverage.okBefore());
    map.put("pairs", coverage.pairs());
    map.put("faults", coverage.rows().stream().map(CoverageRows::json).toList());
    return map;
  }

  private static Map<String, @Nullable Object> json(Coverage.Row row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("fault", row.fault());
    map.put("from", row.from());
    map.put("to", row.to());
    map.put("recovered", row.recovered());
    map.put("inFlight", row.inFlight());
    map.put("pairs", row.pairs());
    map.put("okAfter", row.okAfter());
    map.put("unmet", row.unmet());
    map.put("signs", new TreeMap<>(row.signs()));
    map.put(
        "cells",
        row.cells().stream()
            .map(cell -> {
              Map<String, @Nullable Object> one = new LinkedHashMap<>();
              one.put("f", cell.f());
              one.put("role", cell.role());
              one.put("in", cell.recovering() ? "recovery" : "fault");
              one.put("ok", cell.ok());
              one.put("fail", cell.fail());
              one.put("info", cell.info());
              return one;
            })
            .toList());
    return map;
  }
}
