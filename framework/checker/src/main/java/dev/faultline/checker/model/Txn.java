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
 * same list, with what its reads found. What was asked is told by the invocation alone: an answer
 * that tells of something else is one that the object never gives.
 */
final class Txn {
  /** One of them; {@code value} is what a read found, or what anything else was asked with. */
  record Op(String f, String key, @Nullable Object value) {
    boolean reads() {
      return f.equals("r") || f.equals("read");
    }
  }

  private Txn() {}

  /** What was asked. */
  static List<Op> asked(Call call) {
    if (!call.f().equals("txn")) {
      boolean read = call.f().equals("read");
      return List.of(new Op(call.f(), name(call.key()), read ? null : call.input()));
    }
    if (!(call.input() instanceof List<?> parts) || parts.isEmpty()) {
      throw call.misfit("value " + call.input() + ", want a list of [function, key, value]");
    }
    List<Op> ops = new ArrayList<>(parts.size());
    for (Object part : parts) {
      Op op = op(part);
      if (op == null) {
        throw call.misfit("part " + part + ", want [function, key, value]");
      }
      ops.add(op);
    }
    return ops;
  }

  /** What was asked with what was found; null if the answer is to something else. */
  private static @Nullable List<Op> answered(Call call) {
    List<Op> asked = asked(call);
    if (!call.known()) {
      return asked;
    }
    if (!call.f().equals("txn")) {
      Op only = asked.get(0);
      return only.reads() ? List.of(new Op(only.f(), only.key(), call.output())) : asked;
    }
    if (!(call.output() instanceof List<?> told) || told.size() != asked.size()) {
      return null;
    }
    List<Op> ops = new ArrayList<>(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      Op op = op(told.get(i));
      Op was = asked.get(i);
      if (op == null
          || !op.f().equals(was.f())
          || !op.key().equals(was.key())
          || !(was.reads() || Objects.equals(op.value(), was.value()))) {
        return null;
      }
      ops.add(op);
    }
    return ops;
  }

  private static @Nullable Op op(@Nullable Object part) {
    return part instanceof List<?> three
            && three.size() == 3
            && three.get(0) instanceof String f
            && three.get(1) != null
        ? new Op(f, name(three.get(1)), three.get(2))
        : null;
  }

  static Set<String> keys(Call call) {
    Set<String> keys = new LinkedHashSet<>();
    asked(call).forEach(op -> keys.add(op.key()));
    return keys;
  }

  static boolean onlyReads(Call call) {
    return asked(call).stream().allMatch(Op::reads);
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
    List<Op> ops = answered(call);
    boolean legal = ops != null;
    for (Op op : ops != null ? ops : asked(call)) {
      Object now = next.get(op.key());
      if (!op.reads()) {
        next.put(op.key(), change.apply(now, op));
      } else {
        legal &=
            !call.known()
                || Objects.equals(
                    op.value() == null ? found : op.value(), now == null ? found : now);
      }
    }
    return legal ? List.of(next) : List.of();
  }

  private static String name(@Nullable Object key) {
    return String.valueOf(key);
  }
}
