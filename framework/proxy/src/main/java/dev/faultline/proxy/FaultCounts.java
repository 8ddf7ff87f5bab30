package dev.faultline.proxy;

import dev.faultline.harness.Cluster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the toxics of one stream of one proxy did to frames and connections; probes are spared. */
record FaultCounts(
    LongAdder lost,
    LongAdder duplicated,
    LongAdder overtaken,
    LongAdder corrupted,
    LongAdder resets) {
  private static final String PREFIX = "faultline_proxy_";

  static FaultCounts fresh() {
    return new FaultCounts(
        new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
  }

  /** By the names under which the server shows them. */
  Map<String, LongAdder> byName() {
    Map<String, LongAdder> named = new LinkedHashMap<>();
    named.put(PREFIX + "lost_frames_total", lost);
    named.put(PREFIX + "duplicated_frames_total", duplicated);
    named.put(PREFIX + "overtaken_frames_total", overtaken);
    named.put(PREFIX + "corrupted_chunks_total", corrupted);
    named.put(PREFIX + "reset_connections_total", resets);
    return named;
  }

  /** One sample of one name; of another name, nothing. What is carried is bytes. */
  static Cluster.Tally tally(String name, long value) {
    if (name.equals(Metrics.RECEIVED)) {
      return new Cluster.Tally(0, 0, 0, 0, 0, value);
    }
    return switch (name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "") {
      case "lost_frames_total" -> new Cluster.Tally(value, 0, 0, 0, 0, 0);
      case "duplicated_frames_total" -> new Cluster.Tally(0, value, 0, 0, 0, 0);
      case "overtaken_frames_total" -> new Cluster.Tally(0, 0, value, 0, 0, 0);
      case "corrupted_chunks_total" -> new Cluster.Tally(0, 0, 0, value, 0, 0);
      case "reset_connections_total" -> new Cluster.Tally(0, 0, 0, 0, value, 0);
      default -> Cluster.Tally.NONE;
    };
  }

  static Cluster.Tally sum(Cluster.Tally a, Cluster.Tally b) {
    return a.since(Cluster.Tally.NONE.since(b));
  }
}
