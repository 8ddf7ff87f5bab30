package dev.faultline.targets.raft;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log: the term that it was proposed in, and what it does to a register.
 *
 * @param f {@code write}, {@code cas} or {@code noop}
 * @param value what is written; for a compare-and-set {@code [expected, new]}
 */
record Command(long term, String f, @Nullable String key, @Nullable Object value) {
  static Command noop(long term) {
    return new Command(term, "noop", null, null);
  }

  /** As it stands in messages, on disk and in events: {@code [term, f, key, value]}. */
  List<@Nullable Object> toJson() {
    return Arrays.asList(term, f, key, value);
  }

  static Command fromJson(@Nullable Object json) {
    if (json instanceof List<?> parts
        && parts.size() == 4
        && parts.get(0) instanceof Long term
        && parts.get(1) instanceof String f) {
      return new Command(term, f, parts.get(2) instanceof String key ? key : null, parts.get(3));
    }
    throw new IllegalArgumentException("entry " + json + ", want [term, f, key, value]");
  }
}
