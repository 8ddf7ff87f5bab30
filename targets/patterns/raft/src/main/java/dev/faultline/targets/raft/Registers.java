package dev.faultline.targets.raft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state machine: what committed entries make of the registers. */
final class Registers {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  @Nullable Object read(@Nullable String key) {
    return values.get(String.valueOf(key));
  }

  /**
   * Carries out a committed entry.
   *
   * @return false if it was a compare-and-set that found another value, and so did nothing
   */
  boolean apply(Command command) {
    String key = String.valueOf(command.key());
    switch (command.f()) {
      case "noop" -> {
        return true;
      }
      case "write" -> values.put(key, command.value());
      case "cas" -> {
        List<?> pair = command.value() instanceof List<?> list ? list : List.of();
        if (pair.size() != 2 || !Objects.equals(values.get(key), pair.get(0))) {
          return false;
        }
        values.put(key, pair.get(1));
      }
      default -> throw new IllegalArgumentException("no command '" + command.f() + "'");
    }
    return true;
  }
}
