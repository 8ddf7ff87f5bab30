package dev.faultline.harness.explain;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log with vector clocks, for ShiViz and for whoever draws it another way: two lines a step,
 * {@code host {"host":clock,…}} and the event.
 */
final class ShiViz {
  /** Read with this expression, as ShiViz asks for. */
  static final String EXPRESSION = "(?<host>\\S+) (?<clock>\\{.*\\})\\n(?<event>.*)";

  /** More events than that are too many to look at. */
  static final int MOST = 4_000;

  private ShiViz() {}

  /** The last {@value #MOST} of a set. */
  static BitSet last(BitSet all) {
    BitSet last = (BitSet) all.clone();
    for (int gone = all.cardinality() - MOST; gone > 0; gone--) {
      last.clear(last.nextSetBit(0));
    }
    return last;
  }

  /** The steps that are in the set, with the clocks of a run that has no others. */
  static String text(TraceLog log, BitSet shown) {
    Map<String, TreeMap<String, Integer>> clocks = new HashMap<>();
    Map<Integer, TreeMap<String, Integer>> sent = new HashMap<>();
    StringBuilder out = new StringBuilder();
    List<TraceLog.Step> steps = log.steps();
    for (int i = shown.nextSetBit(0); i >= 0; i = shown.nextSetBit(i + 1)) {
      TraceLog.Step step = steps.get(i);
      String host = step.host().replace(' ', '-');
      TreeMap<String, Integer> clock = clocks.computeIfAbsent(host, h -> new TreeMap<>());
      clock.merge(host, 1, Integer::sum);
      if (step.kind() == TraceLog.Kind.DELIVERED) {
        Map<String, Integer> theirs = sent.get(step.cause());
        if (theirs != null) {
          theirs.forEach((h, n) -> clock.merge(h, n, Math::max));
        }
      } else if (step.kind() == TraceLog.Kind.SENT) {
        sent.put(i, new TreeMap<>(clock));
      }
      out.append(host).append(" {");
      String comma = "";
      for (Map.Entry<String, Integer> one : clock.entrySet()) {
        out.append(comma).append('"').append(one.getKey()).append("\":").append(one.getValue());
        comma = ",";
      }
      out.append("}\n").append(words(log, step)).append('\n');
    }
    return out.toString();
  }

  private static String words(TraceLog log, TraceLog.Step step) {
    String stamp = String.format(java.util.Locale.ROOT, "%.6f ", step.at() / 1e9);
    if (step.letter() == TraceLog.NONE) {
      return stamp + step.text();
    }
    TraceLog.Letter letter = log.letters().get(step.letter());
    return step.kind() == TraceLog.Kind.SENT
        ? stamp + "send " + step.text() + " to " + letter.to + (letter.why == null ? "" : " (lost)")
        : stamp + "receive " + step.text() + " from " + letter.from;
  }
}
