package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All objects, in the way that a child would play them. */
final class Toys {
  static final Toy.Input NOTHING = (random, values) -> null;
  static final Toy.Input VALUE = (random, values) -> values.next();

  private static final Toy.Input PAIR =
      (random, values) ->
          Arrays.asList(random.nextInt(4) == 0 ? null : (Object) values.next(), values.next());

  private Toys() {}

  /** Those that histories are made up of; some models come with several parameters. */
  static List<Toy> all() {
    List<Map<String, ?>> all = new ArrayList<>();
    for (String id :
        List.of(
            "register",
            "cas-register",
            "cas-register-observing",
            "mutex",
            "multi-register",
            "owned-mutex",
            "reentrant-mutex",
            "semaphore",
            "fenced-lock",
            "lease",
            "counter",
            "grow-only-set",
            "set",
            "queue",
            "bag",
            "stack",
            "deque",
            "priority-queue",
            "map",
            "log",
            "list-append",
            "unique-ids")) {
      all.add(Map.of("model", id));
    }
    all.add(Map.of("model", "cas-register", "init", 1L));
    all.add(Map.of("model", "semaphore", "permits", 2L));
    all.add(Map.of("model", "bounded-queue", "capacity", 2L));
    all.add(Map.of("model", "bounded-queue", "capacity", 2L, "resume", 0L));
    return all.stream().map(params -> Objects.requireNonNull(find(params))).toList();
  }

  /** The object of these parameters; null if there is none. */
  static @Nullable Toy find(Map<String, ?> params) {
    Object init = EveryOrder.plain(params.get("init"));
    return switch (String.valueOf(params.get("model"))) {
      case "register" ->
          new Toy(params, init, Toys::register)
              .asked(Tells.VALUE, NOTHING, "read")
              .asked(Tells.NOTHING, VALUE, "write");
      case "cas-register" -> register(params, init);
      case "cas-register-observing" -> register(params, init).answeringFailures();
      case "mutex" ->
          new Toy(params, false, Toys::mutex).asked(Tells.NOTHING, NOTHING, "acquire", "release");
      case "counter" ->
          new Toy(params, 0L, Toys::counter)
              .asked(Tells.NOTHING, Toys::amount, "add")
              .asked(Tells.VALUE, Toys::amount, "add-and-get", "get-and-add")
              .asked(Tells.VALUE, NOTHING, "read", "read");
      case "map" ->
          new Toy(params, null, Toys::map)
              .asked(Tells.VALUE, NOTHING, "get", "get")
              .asked(Tells.FLAG_OR_NOTHING, NOTHING, "delete")
              .asked(Tells.NOTHING, (r, v) -> "" + v.next(), "put", "append")
              .asked(
                  Tells.PERMISSION,
                  (r, v) -> Arrays.asList(r.nextBoolean() ? "" + v.next() : null, "" + v.next()),
                  "cas");
      case "log" ->
          new Toy(params, List.of(), Toys::log)
              .asked(Tells.VALUE_OR_NOTHING, VALUE, "append")
              .asked(
                  Tells.VALUE,
                  (r, v) -> r.nextBoolean() ? null : (Object) (long) r.nextInt(3),
                  "read");
      case "unique-ids" ->
          new Toy(params, Set.of(), Toys::ids).asked(Tells.VALUE, NOTHING, "generate");
      case "multi-register" -> Transactions.registers(params);
      case "list-append" -> Transactions.lists(params);
      default -> {
        Toy lock = Locks.find(params);
        yield lock != null ? lock : Boxes.find(params);
      }
    };
  }

  static long parameter(Map<String, ?> params, String name, long otherwise) {
    return params.get(name) instanceof Number n ? n.longValue() : otherwise;
  }

  private static Toy register(Map<String, ?> params, @Nullable Object init) {
    return new Toy(params, init, Toys::register)
        .asked(Tells.VALUE, NOTHING, "read")
        .asked(Tells.NOTHING, VALUE, "write")
        .asked(Tells.NOTHING, PAIR, "cas");
  }

  private static @Nullable Object amount(RandomGenerator random, Toy.Values values) {
    return random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(-1, 3);
  }

  private static List<Did> register(@Nullable Object now, Ask ask) {
    if (ask.f().equals("read")) {
      return Did.only(now, now);
    }
    if (ask.f().equals("write")) {
      return Did.only(null, ask.input());
    }
    List<?> pair = ask.list(2);
    return Objects.equals(now, pair.get(0))
        ? Did.only(null, pair.get(1))
        : List.of(new Did(null, now, true));
  }

  private static List<Did> mutex(@Nullable Object held, Ask ask) {
    boolean acquire = ask.f().equals("acquire");
    return Boolean.valueOf(acquire).equals(held) ? List.of() : Did.only(null, acquire);
  }

  private static List<Did> counter(@Nullable Object state, Ask ask) {
    long now = (Long) Objects.requireNonNull(state);
    if (ask.f().equals("read")) {
      return Did.only(now, now);
    }
    long then = now + (ask.input() == null ? 1 : ask.number());
    return Did.only(ask.f().equals("add-and-get") ? then : now, then);
  }

  private static List<Did> map(@Nullable Object now, Ask ask) {
    return switch (ask.f()) {
      case "get" -> Did.only(now, now);
      case "delete" -> Did.only(now != null, null);
      case "put" -> Did.only(null, ask.value());
      case "append" -> {
        if (!(ask.input() instanceof String text)) {
          throw new Toy.NoQuestion("append " + ask.input());
        }
        yield Did.only(null, Objects.toString(now, "") + text);
      }
      default -> {
        List<?> pair = ask.list(2);
        yield Objects.equals(now, pair.get(0)) ? Did.only(true, pair.get(1)) : Did.only(false, now);
      }
    };
  }

  private static List<Did> log(@Nullable Object state, Ask ask) {
    List<?> now = (List<?>) Objects.requireNonNull(state);
    if (ask.f().equals("append")) {
      List<Object> longer = new ArrayList<>(now);
      longer.add(ask.value());
      return Did.only((long) now.size(), longer);
    }
    List<Object> shown = new ArrayList<>();
    for (long offset = ask.input() == null ? 0 : ask.number(); offset < now.size(); offset++) {
      if (offset >= 0) {
        shown.add(List.of(offset, now.get((int) offset)));
      }
    }
    return Did.only(shown, state);
  }

  /** Any id that is new may come. */
  private static List<Did> ids(@Nullable Object state, Ask ask) {
    Set<?> given = (Set<?>) Objects.requireNonNull(state);
    Set<Object> tried = new HashSet<>(ask.guesses());
    tried.add("id " + given.size());
    tried.removeAll(given);
    List<Did> all = new ArrayList<>();
    for (Object id : tried) {
      Set<Object> more = new HashSet<>(given);
      more.add(id);
      all.add(new Did(id, more));
    }
    return all;
  }
}
