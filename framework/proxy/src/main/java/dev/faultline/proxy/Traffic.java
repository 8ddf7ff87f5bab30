package dev.faultline.proxy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The bytes of all proxies of a server, by the labels of the real one; a proxy that moves or is
 * made again goes on counting under its labels.
 */
final class Traffic {
  private final Map<List<String>, Flow.Tally> tallies = new ConcurrentHashMap<>();

  Flow.Tally tally(Stream stream, String proxy, String listen, String upstream) {
    return tallies.computeIfAbsent(
        List.of(stream.text(), listen, proxy, upstream),
        labels -> new Flow.Tally(new LongAdder(), new LongAdder(), FaultCounts.fresh()));
  }

  /** Prometheus text format 0.0.4. */
  String text() {
    StringBuilder text = new StringBuilder();
    family(text, Metrics.RECEIVED, Flow.Tally::in);
    family(text, Metrics.SENT, Flow.Tally::out);
    for (String name : FaultCounts.fresh().byName().keySet()) {
      family(text, name, tally -> tally.faults().byName().getOrDefault(name, new LongAdder()));
    }
    return text.toString();
  }

  private void family(StringBuilder text, String family, Function<Flow.Tally, LongAdder> counter) {
    text.append("# HELP ").append(family).append(" \n");
    text.append("# TYPE ").append(family).append(" counter\n");
    tallies.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> {
          List<String> labels = entry.getKey();
          text.append(family)
              .append("{direction=")
              .append(quoted(labels.get(0)))
              .append(",listener=")
              .append(quoted(labels.get(1)))
              .append(",proxy=")
              .append(quoted(labels.get(2)))
              .append(",upstream=")
              .append(quoted(labels.get(3)))
              .append("} ")
              .append(counter.apply(entry.getValue()).sum())
              .append('\n');
        });
  }

  private static String quoted(String label) {
    return '"' + label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
