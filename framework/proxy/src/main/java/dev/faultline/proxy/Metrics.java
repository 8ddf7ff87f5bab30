package dev.faultline.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two counters of Toxiproxy in the Prometheus text format 0.0.4. Labels: direction, listener,
 * proxy, upstream.
 */
final class Metrics {
  static final String RECEIVED = "toxiproxy_proxy_received_bytes_total";
  static final String SENT = "toxiproxy_proxy_sent_bytes_total";

  private static final Pattern SAMPLE =
      Pattern.compile("(" + RECEIVED + "|" + SENT + ")\\{(.*)} +(\\S+)( +\\d+)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private Metrics() {}

  /** Sums by {@code proxy/stream}; a proxy that moved has several samples. */
  static Map<String, Counters> parse(String text) {
    Map<String, Counters> counters = new LinkedHashMap<>();
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
      // Prometheus writes floats: large values come as 1.048576e+06.
      long value = (long) Double.parseDouble(sample.group(3));
      Counters one =
          sample.group(1).equals(RECEIVED) ? new Counters(value, 0) : new Counters(0, value);
      counters.merge(key(proxy, direction), one, Counters::plus);
    }
    return counters;
  }

  static String key(String proxy, String direction) {
    return proxy + "/" + direction;
  }
}
