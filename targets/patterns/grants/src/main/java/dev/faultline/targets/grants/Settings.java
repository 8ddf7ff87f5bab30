package dev.faultline.targets.grants;

import dev.faultline.json.Durations;
import dev.faultline.node.Config;
import java.time.Duration;

/**
 * What all nodes are told.
 *
 * @param ttl a lease's term, nanoseconds of the server's clock
 * @param rateErrorPpm by how many millionths any clock may run too fast or too slow
 */
record Settings(Defect defect, long ttl, long rateErrorPpm) {
  static Settings of(Config config) {
    return new Settings(
        Defect.of(config.option("variant")),
        ttl(config.option("ttl")).toNanos(),
        Long.parseLong(config.option("rate-error-ppm")));
  }

  /**
   * The option {@code ttl}.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  static Duration ttl(String text) {
    Duration ttl;
    try {
      ttl = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("-o ttl=" + text + ": " + e.getMessage(), e);
    }
    if (ttl.toMillis() < 200 || ttl.toMinutes() >= 60) {
      throw new IllegalArgumentException("-o ttl=" + text + ": want 200ms to 1 hour");
    }
    return ttl;
  }

  /**
   * How long a holder may trust a lease by its own clock, from when it asked: even if its clock is
   * the slowest allowed and the server's the fastest, the server has not ended the term by then.
   */
  long trusted() {
    return (long) (ttl * ((1e6 - rateErrorPpm) / (1e6 + rateErrorPpm)));
  }
}
