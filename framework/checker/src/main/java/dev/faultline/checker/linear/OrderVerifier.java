package dev.faultline.checker.linear;

import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.Outcome;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks an order that somebody claims to be a linearization, in one pass. Shares no code with the
 * search: it replays the operations themselves.
 */
final class OrderVerifier {
  private OrderVerifier() {}

  /** What is wrong with the order; null if nothing. */
  static @Nullable String problem(
      StepModel model, @Nullable Object init, List<Operation> all, List<Operation> placed) {
    OperationColumns operations = OperationColumns.of(all);
    OperationColumns order = OperationColumns.of(placed);
    int ids = operations.size() == 0 ? 0 : operations.id(operations.size() - 1) + 1;
    BitSet known = new BitSet(ids);
    BitSet missing = new BitSet(ids);
    for (int i = 0; i < operations.size(); i++) {
      if (operations.outcome(i) != Outcome.FAIL) {
        known.set(operations.id(i));
      }
      if (operations.ok(i)) {
        missing.set(operations.id(i));
      }
    }
    Object state = init;
    boolean held = false;
    long latestInvoked = -1;
    for (int i = 0; i < order.size(); i++) {
      int id = order.id(i);
      if (!known.get(id)) {
        return "operation %d is failed, foreign or placed twice".formatted(id);
      }
      known.clear(id);
      missing.clear(id);
      if (order.returned(i) < latestInvoked) {
        return "operation %d stands after one invoked after its return".formatted(id);
      }
      latestInvoked = Math.max(latestInvoked, order.invoked(i));
      boolean legal = true;
      switch (order.f(i)) {
        case "read" -> legal = !order.ok(i) || same(state, order.output(i));
        case "write" -> state = order.input(i);
        case "cas" -> {
          List<?> pair = (List<?>) Objects.requireNonNull(order.input(i));
          legal = same(state, pair.get(0));
          state = pair.get(1);
        }
        case "acquire" -> {
          legal = !held;
          held = true;
        }
        case "release" -> {
          legal = held;
          held = false;
        }
        default -> legal = false;
      }
      if (!legal) {
        return "operation %d, %s, does not fit a %s there".formatted(id, order.f(i), model.id());
      }
    }
    return missing.isEmpty()
        ? null
        : "operation %d took effect and is not placed".formatted(missing.nextSetBit(0));
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return Objects.equals(a, b)
        || (a instanceof Number m && b instanceof Number n && m.longValue() == n.longValue());
  }
}
