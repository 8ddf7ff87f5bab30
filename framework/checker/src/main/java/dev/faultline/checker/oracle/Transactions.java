package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Objects of many keys, several of which one call may touch. The state is one map. */
final class Transactions {
  private static final int KEYS = 3;

  private Transactions() {}

  static Toy registers(Map<String, ?> params) {
    return new Toy(params, Map.of(), (state, ask) -> play(state, ask, false))
        .asked(Tells.VALUE, Toys.NOTHING, "read")
        .asked(Tells.NOTHING, Toys.VALUE, "write")
        .asked(Tells.PARTS, (r, v) -> parts(r, v, "w"), "txn", "txn")
        .acrossAllKeys();
  }

  static Toy lists(Map<String, ?> params) {
    return new Toy(params, Map.of(), (state, ask) -> play(state, ask, true))
        .asked(Tells.ITEMS, Toys.NOTHING, "read")
        .asked(Tells.NOTHING, Toys.VALUE, "append")
        .asked(Tells.PARTS, (r, v) -> parts(r, v, "append"), "txn", "txn")
        .acrossAllKeys();
  }

  private static List<Object> parts(RandomGenerator random, Toy.Values values, String change) {
    List<Object> parts = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      boolean read = random.nextBoolean();
      parts.add(
          Arrays.asList(
              read ? "r" : change, "x" + random.nextInt(KEYS), read ? null : values.next()));
    }
    return parts;
  }

  private static List<Did> play(@Nullable Object state, Ask ask, boolean lists) {
    Map<String, Object> now = new HashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(state))
        .forEach((key, value) -> now.put(String.valueOf(key), value));
    if (!ask.f().equals("txn")) {
      Object answer = one(now, ask.f(), String.valueOf(ask.key()), ask.input(), lists);
      return Did.only(answer, now);
    }
    List<Object> told = new ArrayList<>();
    for (Object part : ask.list(0)) {
      if (!(part instanceof List<?> three)
          || three.size() != 3
          || !(three.get(0) instanceof String f)
          || three.get(1) == null) {
        throw new Toy.NoQuestion("part " + part);
      }
      String key = String.valueOf(three.get(1));
      told.add(Arrays.asList(f, key, one(now, f, key, three.get(2), lists)));
    }
    return Did.only(told, now);
  }

  /** Does it, and tells what the part shows afterwards. */
  private static @Nullable Object one(
      Map<String, Object> now, String f, String key, @Nullable Object value, boolean lists) {
    Object held = now.get(key);
    if (f.equals("r") || f.equals("read")) {
      return held == null && lists ? List.of() : held;
    }
    boolean known = lists ? f.equals("append") : f.equals("w") || f.equals("write");
    if (!known || value == null) {
      throw new Toy.NoQuestion(f + " " + value);
    }
    List<Object> longer = new ArrayList<>(held instanceof List<?> list && lists ? list : List.of());
    longer.add(value);
    now.put(key, lists ? longer : value);
    return value;
  }
}
