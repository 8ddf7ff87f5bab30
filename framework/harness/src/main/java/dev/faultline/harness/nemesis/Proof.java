package dev.faultline.harness.nemesis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a fault.
 *
 * @param proven whether it shows that the fault took effect, or ended
 * @param facts for the receipt
 */
record Proof(boolean proven, Map<String, @Nullable Object> facts) {
  /** How long before its proof the fault was taken back, nanoseconds: looking takes a while. */
  static final String BACK = "backNanos";

  static Proof of(Map<String, ? extends @Nullable Object> facts) {
    return new Proof(true, new LinkedHashMap<>(facts));
  }

  static Proof missing(String why) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("why", why);
    return new Proof(false, facts);
  }

  /** The harness stood still for longer than its lease. */
  static Proof lapsed(Duration stalled) {
    return missing(
        "the harness stood still for %d ms, longer than its lease, so this was healed meanwhile"
            .formatted(stalled.toMillis()));
  }

  /** Both were seen. */
  Proof and(Proof other) {
    Map<String, @Nullable Object> both = new LinkedHashMap<>(facts);
    both.putAll(other.facts);
    return new Proof(proven && other.proven, both);
  }
}
