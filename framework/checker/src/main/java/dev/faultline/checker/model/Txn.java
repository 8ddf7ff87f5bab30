package dev.faultline.checker.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Single operations and transactions over objects of several keys, seen alike: a list of small
 * operations. A transaction's value is a list of {@code [function, key, value]}; its answer is the
 * same list, with what its reads found.
 */
final class Txn {
  /** One of them; {@code value} of a read is what it found. */
  record Op(String f, String key, @Nullable Object value) {
    boolean reads() {
      return f.equals("r") || f.equals("read");
    }
  }

  private Txn() {}

  /** The parts of a call. */
  static List<Op> ops(Call call) {
    if (!call.f().equals("txn")) {
      boolean read = call.f().equals("read");
      return List.of(new Op(call.f(), name(call.key()), read ? call.output() : call.input()));
    }
    List<Op> ops = new ArrayList<>();
    List<?> asked = call.input() instanceof List<?> list ? list : List.of();
    List<?> told = !call.known() ? asked : call.output() instanceof List<?> list ? list : List.of();
    if (told.isEmpty() || (!asked.isEmpty() && told.size() != asked.size())) {
      throw call.misfit("value " + call.input() + " → " + call.output() + ", want a list of parts");
    }
    for (Object part : told) {
      if (!(part instanceof List<?> three)
          || three.size() != 3
          || !(three.get(0) instanceof String f)) {
        throw call.misfit("part " + part + ", want [function, key, value]");
      }
      ops.add(new Op(f, name(three.get(1)), three.get(2)));
    }
    return ops;
  }

  static Set<String> keys(Call call) {
    Set<String> keys = new LinkedHashSet<>();
    ops(call).forEach(op -> keys.add(op.key()));
    return keys;
  }

  static boolean onlyReads(Call call) {
    return ops(call).stream().allMatch(Op::reads);
  }

  /**
   * All of them, in their order, at one instant.
   *
   * @param change the key's new value; called for all but reads
   * @param found what a read of a key that nobody has changed finds
   */
  static List<TreeMap<String, Object>> step(
      TreeMap<String, Object> state,
      Call call,
      @Nullable Object found,
      BiFunction<@Nullable Object, Op, Object> change) {
    TreeMap<String, Object> next = new TreeMap<>(state);
    for (Op op : ops(call)) {
      Object now = next.get(op.key());
      if (!op.reads()) {
        next.put(op.key(), change.apply(now, op));
      } else if (call.known()
          && !Objects.equals(op.value() == null ? found : op.value(), now == null ? found : now)) {
        return List.of();
      }
    }
    return List.of(next);
  }

  private static String name(@Nullable Object key) {
    return String.valueOf(key);
  }
}
