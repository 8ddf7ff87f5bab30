package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Did;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays the orders that a checker shows for a good history. */
final class OrderCheck {
  private OrderCheck() {}

  /**
   * What is wrong with them; null if nothing.
   *
   * @param evidence with {@code order}: for each part of the object ids of operations
   */
  static @Nullable String problem(
      Toy toy, List<Operation> operations, Map<String, @Nullable Object> evidence) {
    if (!(evidence.get("order") instanceof Map<?, ?> orders)) {
      return "no order is shown";
    }
    Map<Long, Operation> left = new HashMap<>();
    operations.forEach(op -> left.put((long) op.id(), op));
    for (Map.Entry<?, ?> e : orders.entrySet()) {
      List<Operation> order = new ArrayList<>();
      for (Object id : e.getValue() instanceof List<?> ids ? ids : List.of()) {
        Operation op = left.remove(((Number) id).longValue());
        if (op == null) {
          return "operation " + id + " is placed twice, or there is none";
        }
        order.add(op);
      }
      String problem = played(toy, order);
      if (problem != null) {
        return "part '" + e.getKey() + "': " + problem;
      }
    }
    for (Operation op : left.values()) {
      if (op.ok() || (op.outcome() == Outcome.FAIL && toy.failureIsAnswer(op.f()))) {
        return "operation " + op.id() + " is not placed";
      }
    }
    return null;
  }

  private static @Nullable String played(Toy toy, List<Operation> order) {
    Set<Object> answers = new LinkedHashSet<>();
    long begun = -1;
    for (Operation op : order) {
      if (op.returned() < begun) {
        return "operation " + op.id() + " had ended before one that stands before it began";
      }
      begun = Math.max(begun, op.invoked());
      Object output = op.ok() ? EveryOrder.plain(op.output()) : null;
      if (output != null) {
        answers.add(output);
      }
    }
    Set<@Nullable Object> states = new HashSet<>();
    states.add(toy.fresh());
    for (Operation op : order) {
      if (op.outcome() == Outcome.FAIL && !toy.failureIsAnswer(op.f())) {
        continue;
      }
      Set<@Nullable Object> next = new HashSet<>();
      for (Object state : states) {
        for (Did did : toy.play(state, EveryOrder.ask(op, answers))) {
          if (EveryOrder.fits(toy, op, did)) {
            next.add(did.state());
          }
        }
      }
      if (next.isEmpty()) {
        return "operation " + op.id() + " cannot stand there";
      }
      states = next;
    }
    return null;
  }
}
