package dev.faultline.reports;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the operations of one function took, as the harness says at the end of a run in real
 * time; nanoseconds.
 *
 * @param intended whether it counts from when an open pace meant the operation to be called
 */
record Latency(boolean intended, long p50, long p90, long p99, long max) {
  /** The heads of what {@link #cells} has. */
  static final List<String> HEADS = List.of("p50", "p90", "p99", "max");

  /** By function; empty where nothing was measured. */
  static Map<String, Latency> of(History history) {
    Map<String, Latency> all = new TreeMap<>();
    for (Entry.Node event : history.nodeEvents()) {
      if (event.node().equals("harness") && event.name().equals("latency")) {
        all.put(
            String.valueOf(event.facts().get("f")),
            new Latency(
                "intended".equals(event.facts().get("from")),
                nanos(event, "p50"),
                nanos(event, "p90"),
                nanos(event, "p99"),
                nanos(event, "max")));
      }
    }
    return all;
  }

  /** Rows for a terminal: function, figures, and from when they count. */
  static List<List<String>> rows(History history) {
    List<List<String>> rows = new ArrayList<>();
    of(history)
        .forEach((f, latency) -> {
          List<String> row = new ArrayList<>(List.of(f));
          List<String> cells = latency.cells();
          for (int i = 0; i < cells.size(); i++) {
            row.add(HEADS.get(i) + " " + cells.get(i));
          }
          row.add(latency.intended ? "from when it was intended" : "from its invocation");
          rows.add(row);
        });
    return rows;
  }

  List<String> cells() {
    return List.of(millis(p50), millis(p90), millis(p99), millis(max));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.2f ms" : "%.0f ms", nanos / 1e6);
  }

  private static long nanos(Entry.Node event, String name) {
    return event.facts().get(name) instanceof Number n ? n.longValue() : 0;
  }
}
