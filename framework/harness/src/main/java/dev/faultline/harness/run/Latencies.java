package dev.faultline.harness.run;

import dev.faultline.harness.gen.Generator.Ask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long operations took, by function, until they were answered or given up. Under an open pace
 * that counts from when an operation was intended, not from when a client was free for it: else a
 * target that stands still would look fast (coordinated omission). In histograms with two digits
 * (Tene's HdrHistogram), so that memory is bounded. For the loop's thread.
 */
final class Latencies {
  private static final int DIGITS = 2;

  private final Map<String, OfFunction> functions = new TreeMap<>();

  private static final class OfFunction {
    final Histogram nanos = new Histogram(DIGITS);
    boolean open;
  }

  void ended(Ask ask, long invoked, long now) {
    OfFunction of = functions.computeIfAbsent(ask.f(), f -> new OfFunction());
    of.open |= ask.intended() != Ask.AT_ONCE;
    of.nanos.recordValue(Math.max(0, now - Math.min(ask.intended(), invoked)));
  }

  /** For the history, an object for each function; times are nanoseconds. */
  List<Map<String, @Nullable Object>> facts() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    functions.forEach((f, of) -> {
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      facts.put("f", f);
      facts.put("from", of.open ? "intended" : "invoked");
      facts.put("count", of.nanos.getTotalCount());
      facts.put("p50", of.nanos.getValueAtPercentile(50));
      facts.put("p90", of.nanos.getValueAtPercentile(90));
      facts.put("p99", of.nanos.getValueAtPercentile(99));
      facts.put("max", of.nanos.getMaxValue());
      all.add(facts);
    });
    return all;
  }
}
