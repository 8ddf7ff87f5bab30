package dev.faultline.history.formats;

import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What registers held at first, where a history does not tell: nothing, or 0, as those that begin
 * so are recorded often. A 0 that somebody found before anybody had begun to write it can only have
 * been there. It is then written before everything else, by a client of its own.
 */
public final class FirstValues {
  /** The client that writes first values. */
  public static final String CLIENT = "at first";

  private static final Object ZERO = 0L;

  private FirstValues() {}

  /** A look at a register, or a change of it. */
  private record Touch(@Nullable Object key, @Nullable Object value) {}

  /** The keys (null for the only object) where a 0 can only have been there at first. */
  public static Set<@Nullable Object> zeroFound(History history) {
    Map<@Nullable Object, Long> written = new HashMap<>();
    for (Operation op : history.operations()) {
      if (op.outcome() != Outcome.FAIL) {
        for (Touch write : writes(op)) {
          if (ZERO.equals(write.value())) {
            written.merge(write.key(), op.invoked(), Math::min);
          }
        }
      }
    }
    Set<@Nullable Object> first = new LinkedHashSet<>();
    for (Operation op : history.operations()) {
      for (Touch read : op.ok() ? reads(op) : List.<Touch>of()) {
        if (ZERO.equals(read.value())
            && written.getOrDefault(read.key(), Long.MAX_VALUE) > op.returned()) {
          first.add(read.key());
        }
      }
    }
    return first;
  }

  /** The keys where a 0 at first would have been of use to somebody. */
  public static Set<@Nullable Object> zeroUseful(History history) {
    Set<@Nullable Object> keys = new LinkedHashSet<>();
    for (Operation op : history.operations()) {
      for (Touch read : op.outcome() == Outcome.FAIL ? List.<Touch>of() : reads(op)) {
        if (ZERO.equals(read.value())) {
          keys.add(read.key());
        }
      }
    }
    return keys;
  }

  /** The history with 0 written to these keys before everything else. */
  public static History withZero(History history, Set<@Nullable Object> keys) {
    boolean transactions = history.operations().stream().anyMatch(op -> op.f().equals("txn"));
    List<Operation> all = new ArrayList<>();
    int process = 0;
    for (Operation op : history.operations()) {
      process = Math.max(process, op.process() + 1);
    }
    for (Object key : keys) {
      all.add(
          transactions
              ? write(all.size(), process, "txn", null, parts(String.valueOf(key)))
              : write(all.size(), process, "write", key, ZERO));
    }
    long later = 2L * all.size();
    for (Operation op : history.operations()) {
      all.add(later(op, all.size(), later));
    }
    return History.ofOperations(all);
  }

  private static Object parts(String key) {
    return List.of(List.of("write", key, ZERO));
  }

  private static Operation write(
      int id, int process, String f, @Nullable Object key, Object value) {
    return new Operation(
        id,
        process,
        f,
        key,
        value,
        f.equals("txn") ? value : null,
        Outcome.OK,
        null,
        2L * id,
        0,
        2L * id + 1,
        0,
        CLIENT,
        null,
        0);
  }

  private static Operation later(Operation op, int id, long by) {
    boolean open = op.returned() == Operation.NEVER;
    return new Operation(
        id,
        op.process(),
        op.f(),
        op.key(),
        op.input(),
        op.output(),
        op.outcome(),
        op.error(),
        op.invoked() + by,
        op.invokeTime(),
        open ? Operation.NEVER : op.returned() + by,
        op.returnTime(),
        op.client(),
        op.node(),
        op.intendedTime());
  }

  private static List<Touch> reads(Operation op) {
    return switch (op.f()) {
      case "read" -> op.ok() ? List.of(new Touch(op.key(), op.output())) : List.of();
      case "cas" ->
          op.input() instanceof List<?> pair && pair.size() == 2
              ? List.of(new Touch(op.key(), pair.get(0)))
              : List.of();
      case "txn" -> op.ok() ? parts(op.output(), "read") : List.of();
      default -> List.of();
    };
  }

  private static List<Touch> writes(Operation op) {
    return switch (op.f()) {
      case "write" -> List.of(new Touch(op.key(), op.input()));
      case "cas" ->
          op.input() instanceof List<?> pair && pair.size() == 2
              ? List.of(new Touch(op.key(), pair.get(1)))
              : List.of();
      case "txn" -> parts(op.input(), "write");
      default -> List.of();
    };
  }

  private static List<Touch> parts(@Nullable Object value, String f) {
    List<Touch> touches = new ArrayList<>();
    for (Object part : value instanceof List<?> list ? list : List.of()) {
      if (part instanceof List<?> three && three.size() == 3 && f.equals(three.get(0))) {
        touches.add(new Touch(three.get(1), three.get(2)));
      }
    }
    return touches;
  }
}
