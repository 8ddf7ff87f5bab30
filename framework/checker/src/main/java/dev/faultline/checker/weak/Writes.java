package dev.faultline.checker.weak;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.objects.Told;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was written to one register, by {@code write} and {@code cas}; failed ones did not happen.
 * The first value is null.
 */
final class Writes {
  private final Map<@Nullable Object, List<Operation>> byValue = new HashMap<>();
  private final List<Operation> all = new ArrayList<>();

  Writes(List<Operation> operations) {
    for (Operation op : operations) {
      if (is(op)) {
        all.add(op);
        byValue.computeIfAbsent(value(op), v -> new ArrayList<>()).add(op);
      }
    }
  }

  /** Of each key. */
  static Map<@Nullable Object, Writes> byKey(History history) {
    Map<@Nullable Object, Writes> writes = new LinkedHashMap<>();
    Told.byKey(history).forEach((key, ops) -> writes.put(key, new Writes(ops)));
    return writes;
  }

  /** What to say where a value does not tell who wrote it; null where each does. */
  static Verdict.@Nullable Unknown ambiguous(Map<@Nullable Object, Writes> writes) {
    for (Writes ofKey : writes.values()) {
      String ambiguous = ofKey.ambiguous();
      if (ambiguous != null) {
        return new Verdict.Unknown(
            "value %s is written several times; which is meant cannot be told".formatted(ambiguous),
            "write each value once, and never null");
      }
    }
    return null;
  }

  /** Whether it wrote something, or may have. */
  static boolean is(Operation op) {
    return op.outcome() != Outcome.FAIL
        && (op.f().equals("write")
            || (op.f().equals("cas") && op.input() instanceof List<?> pair && pair.size() == 2));
  }

  /** A read whose answer is known. */
  static boolean isRead(Operation op) {
    return op.f().equals("read") && op.ok();
  }

  /** What it wrote, or what it found. */
  static @Nullable Object value(Operation op) {
    if (op.f().equals("read")) {
      return Told.plain(op.output());
    }
    return Told.plain(
        op.f().equals("cas") && op.input() instanceof List<?> pair ? pair.get(1) : op.input());
  }

  List<Operation> all() {
    return all;
  }

  /** Those that wrote a value, in order; none for the first value unless it was written again. */
  List<Operation> of(@Nullable Object value) {
    return byValue.getOrDefault(value, List.of());
  }

  /** How many had begun before a line. */
  int begunBefore(long line) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).invoked() < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** A value that was written several times, as a text; null if there is none. */
  @Nullable String ambiguous() {
    for (List<Operation> same : byValue.values()) {
      if (same.size() > 1 || value(same.get(0)) == null) {
        return Told.json(value(same.get(0)));
      }
    }
    return null;
  }
}
