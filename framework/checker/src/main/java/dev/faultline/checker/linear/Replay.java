package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks an order of an object's calls that somebody claims to be a linearization, in one pass.
 * Shares no code with the search and the monitors, only the model.
 */
final class Replay {
  private Replay() {}

  /**
   * What is wrong with the order; null if nothing.
   *
   * @throws Budget.Spent if the budget ends first
   */
  static @Nullable String problem(
      Model<?> model, List<Call> calls, List<Operation> order, Budget budget) {
    int at = 0;
    Roll roll = new Roll(calls.size());
    for (Call call : calls) {
      budget.poll(at++);
      boolean isNeeded = call.known() || (call.failed() && model.answersFailures());
      roll.add(call.operation().id(), isNeeded);
    }
    Machine machine = Machine.of(model);
    long latestInvoked = -1;
    for (Operation op : order) {
      budget.poll(at++);
      int id = op.id();
      if (!roll.take(id)) {
        return "operation %d is foreign or placed twice".formatted(id);
      }
      Call call = Call.of(op);
      if (call.failed() && !model.answersFailures()) {
        return "operation %d failed and is placed".formatted(id);
      }
      if (op.returned() < latestInvoked) {
        return "operation %d stands after one invoked after its return".formatted(id);
      }
      latestInvoked = Math.max(latestInvoked, op.invoked());
      if (!machine.take(call)) {
        return "operation %d, %s, does not fit a %s there".formatted(id, call.f(), model.noun());
      }
    }
    int missing = roll.missing();
    return missing < 0 ? null : "operation %d took effect and is not placed".formatted(missing);
  }
}
