package dev.faultline.proxy;

import dev.faultline.harness.Cluster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two counters of Toxiproxy, and those of our own toxics, in the Prometheus text format 0.0.4.
 * Labels: direction, listener, proxy, upstream.
 */
final class Metrics {
  static final String RECEIVED = "toxiproxy_proxy_received_bytes_total";
  static final String SENT = "toxiproxy_proxy_sent_bytes_total";

  private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} +(\\S+)( +\\d+)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private Metrics() {}

  /** Sums by {@code proxy/stream}; a proxy that moved has several samples. */
  static Map<String, Counters> parse(String text) {
    Map<String, Counters> counters = new LinkedHashMap<>();
    samples(
        text,
        (name, key, value) -> {
          if (name.equals(RECEIVED) || name.equals(SENT)) {
            boolean in = name.equals(RECEIVED);
            counters.merge(key, new Counters(in ? value : 0, in ? 0 : value), Counters::plus);
          }
        });
    return counters;
  }

  /** What toxics of ours counted, by {@code proxy/stream}; nothing of the real server. */
  static Map<String, Cluster.Tally> tallies(String text) {
    Map<String, Cluster.Tally> tallies = new LinkedHashMap<>();
    samples(
        text,
        (name, key, value) -> tallies.merge(key, FaultCounts.tally(name, value), FaultCounts::sum));
    return tallies;
  }

  private interface Sample {
    void see(String name, String key, long value);
  }

  private static void samples(String text, Sample seen) {
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line.strip());
      if (!sample.matches()) {
        continue;
      }
      String proxy = "";
      String direction = "";
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) {
        if (label.group(1).equals("proxy")) {
          proxy = label.group(2);
        } else if (label.group(1).equals("direction")) {
          direction = label.group(2);
        }
      }
      if (!proxy.isEmpty()) {
        // Prometheus writes floats: large values come as 1.048576e+06.
        seen.see(
            sample.group(1), key(proxy, direction), (long) Double.parseDouble(sample.group(3)));
      }
    }
  }

  static String key(String proxy, String direction) {
    return proxy + "/" + direction;
  }
}
