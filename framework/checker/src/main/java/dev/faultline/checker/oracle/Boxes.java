package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Things that hold things. */
final class Boxes {
  private Boxes() {}

  static @Nullable Toy find(Map<String, ?> params) {
    return switch (String.valueOf(params.get("model"))) {
      case "grow-only-set" ->
          new Toy(params, Set.of(), Boxes::set)
              .asked(Tells.FLAG_OR_NOTHING, Toys.VALUE, "add", "add")
              .asked(Tells.VALUE, Toys.VALUE, "contains")
              .asked(Tells.ELEMENTS, Toys.NOTHING, "read");
      case "set" ->
          new Toy(params, Set.of(), Boxes::set)
              .asked(Tells.FLAG_OR_NOTHING, Toys.VALUE, "add", "add", "remove", "remove")
              .asked(Tells.VALUE, Toys.VALUE, "contains", "contains")
              .asked(Tells.ELEMENTS, Toys.NOTHING, "read");
      case "queue" ->
          new Toy(params, List.of(), Boxes::row)
              .asked(Tells.PERMISSION, Toys.VALUE, "enqueue", "enqueue")
              .asked(Tells.VALUE, Toys.NOTHING, "dequeue", "dequeue", "peek");
      case "bounded-queue" -> {
        long capacity = Toys.parameter(params, "capacity", 1);
        long resume = Toys.parameter(params, "resume", capacity - 1);
        yield new Toy(
                params,
                new Bounded(List.of(), false),
                (state, ask) -> bounded(state, ask, capacity, resume))
            .asked(Tells.PERMISSION, Toys.VALUE, "enqueue", "enqueue", "enqueue")
            .asked(Tells.VALUE, Toys.NOTHING, "dequeue", "dequeue", "peek");
      }
      case "stack" ->
          new Toy(params, List.of(), Boxes::stack)
              .asked(Tells.PERMISSION, Toys.VALUE, "push", "push")
              .asked(Tells.VALUE, Toys.NOTHING, "pop", "pop", "peek");
      case "deque" ->
          new Toy(params, List.of(), Boxes::row)
              .asked(Tells.PERMISSION, Toys.VALUE, "push-front", "push-back")
              .asked(Tells.VALUE, Toys.NOTHING, "pop-front", "pop-back")
              .asked(Tells.VALUE, Toys.NOTHING, "peek-front", "peek-back");
      case "bag" ->
          new Toy(params, List.of(), (state, ask) -> any(state, ask, false))
              .asked(Tells.PERMISSION, Toys.VALUE, "enqueue")
              .asked(Tells.VALUE, Toys.NOTHING, "dequeue");
      case "priority-queue" ->
          new Toy(params, List.of(), (state, ask) -> any(state, ask, true))
              .asked(
                  Tells.PERMISSION,
                  (r, v) -> r.nextBoolean() ? v.next() : List.of(v.next() % 3, v.next()),
                  "insert")
              .asked(Tells.VALUE, Toys.NOTHING, "poll", "peek");
      default -> null;
    };
  }

  private static List<Did> set(@Nullable Object state, Ask ask) {
    Set<?> now = (Set<?>) Objects.requireNonNull(state);
    if (ask.f().equals("read")) {
      return Did.only(now, now);
    }
    boolean inside = now.contains(ask.value());
    if (ask.f().equals("contains")) {
      return Did.only(inside, now);
    }
    Set<Object> then = new HashSet<>(now);
    boolean changed = ask.f().equals("add") ? then.add(ask.value()) : then.remove(ask.value());
    return Did.only(changed, then);
  }

  /** Puts, takes and looks, each at the front (0) or at the back. */
  private static List<Did> row(@Nullable Object state, Ask ask) {
    List<Object> row = new ArrayList<>((List<?>) Objects.requireNonNull(state));
    switch (ask.f()) {
      case "push-front" -> row.add(0, ask.value());
      case "enqueue", "push", "push-back" -> row.add(ask.value());
      default -> {
        boolean front =
            switch (ask.f()) {
              case "dequeue", "pop-front", "peek-front", "peek" -> true;
              case "pop", "pop-back", "peek-back" -> false;
              default -> throw new Toy.NoQuestion(ask.f());
            };
        if (row.isEmpty()) {
          return Did.only(null, state);
        }
        int at = front ? 0 : row.size() - 1;
        return ask.f().startsWith("peek")
            ? Did.only(row.get(at), state)
            : Did.only(row.remove(at), row);
      }
    }
    return Did.only(null, row);
  }

  private static List<Did> stack(@Nullable Object state, Ask ask) {
    return row(
        state,
        ask.f().equals("peek") ? new Ask("peek-back", null, null, ask.who(), List.of()) : ask);
  }

  /** What is inside, and whether it takes nothing. */
  private record Bounded(List<?> row, boolean full) {}

  private static List<Did> bounded(@Nullable Object state, Ask ask, long capacity, long resume) {
    Bounded now = (Bounded) Objects.requireNonNull(state);
    if (ask.f().equals("enqueue") && ask.value() != null && now.full()) {
      return Did.only(false, now);
    }
    Did did = row(now.row(), ask).get(0);
    List<?> row = (List<?>) Objects.requireNonNull(did.state());
    boolean full = now.full() ? row.size() > resume : row.size() == capacity;
    return Did.only(did.answer(), new Bounded(row, full));
  }

  /** Any of the least; of things without a rank, any at all. The state is sorted by their texts. */
  private static List<Did> any(@Nullable Object state, Ask ask, boolean ranked) {
    List<?> now = (List<?>) Objects.requireNonNull(state);
    if (ask.f().equals("insert") || ask.f().equals("enqueue")) {
      List<Object> more = new ArrayList<>(now);
      more.add(ask.value());
      double unused = ranked ? rank(ask.value()) : 0;
      more.sort(Comparator.comparing(String::valueOf));
      return Did.only(null, more);
    }
    if (now.isEmpty()) {
      return Did.only(null, now);
    }
    double least = Double.POSITIVE_INFINITY;
    for (Object value : now) {
      least = Math.min(least, ranked ? rank(value) : 0);
    }
    List<Did> all = new ArrayList<>();
    for (Object value : new HashSet<>(now)) {
      if (!ranked || rank(value) == least) {
        List<Object> rest = new ArrayList<>(now);
        boolean unused = ask.f().equals("peek") || rest.remove(value);
        all.add(new Did(value, rest));
      }
    }
    return all;
  }

  private static double rank(Object value) {
    Object first = value instanceof List<?> pair && !pair.isEmpty() ? pair.get(0) : value;
    if (first instanceof Number n) {
      return n.doubleValue();
    }
    throw new Toy.NoQuestion("insert " + value);
  }
}
