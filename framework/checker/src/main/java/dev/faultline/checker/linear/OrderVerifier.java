package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.Outcome;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks an order that somebody claims to be a linearization, in one pass. Shares no code with the
 * search: it replays the operations themselves.
 */
final class OrderVerifier {
  private OrderVerifier() {}

  /**
   * What is wrong with the order; null if nothing.
   *
   * @throws Budget.Spent if the budget ends first
   */
  static @Nullable String problem(
      StepModel model,
      @Nullable Object init,
      List<Operation> all,
      List<Operation> placed,
      Budget budget) {
    OperationColumns operations = OperationColumns.of(all);
    OperationColumns order = OperationColumns.of(placed);
    Roll roll = new Roll(operations.size());
    for (int i = 0; i < operations.size(); i++) {
      budget.poll(i);
      if (operations.outcome(i) != Outcome.FAIL) {
        roll.add(operations.id(i), operations.ok(i));
      }
    }
    Object state = init;
    boolean held = false;
    long latestInvoked = -1;
    for (int i = 0; i < order.size(); i++) {
      budget.poll(i);
      int id = order.id(i);
      if (!roll.take(id)) {
        return "operation %d is failed, foreign or placed twice".formatted(id);
      }
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
    int missing = roll.missing();
    return missing < 0 ? null : "operation %d took effect and is not placed".formatted(missing);
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return Objects.equals(a, b)
        || (a instanceof Number m && b instanceof Number n && m.longValue() == n.longValue());
  }
}
