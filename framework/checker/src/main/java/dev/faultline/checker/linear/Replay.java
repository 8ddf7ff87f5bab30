package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks an order of an object's calls that somebody claims to be a linearization, in one pass.
 * Shares no code with the search and the monitors, only the model.
 */
final class Replay {
  private Replay() {}

  /** What is wrong with the order; null if nothing. */
  static @Nullable String problem(Model<?> model, List<Call> calls, List<Operation> order) {
    BitSet known = new BitSet();
    BitSet missing = new BitSet();
    for (Call call : calls) {
      int id = call.operation().id();
      known.set(id);
      if (call.known() || (call.failed() && model.answersFailures())) {
        missing.set(id);
      }
    }
    Machine machine = Machine.of(model);
    long latestInvoked = -1;
    for (Operation op : order) {
      int id = op.id();
      if (!known.get(id)) {
        return "operation %d is foreign or placed twice".formatted(id);
      }
      known.clear(id);
      missing.clear(id);
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
    return missing.isEmpty()
        ? null
        : "operation %d took effect and is not placed".formatted(missing.nextSetBit(0));
  }
}
