package dev.faultline.checker.linear;

import dev.faultline.history.Operation;
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
      StepModel model, @Nullable Object init, List<Operation> operations, List<Operation> order) {
    BitSet known = new BitSet();
    BitSet missing = new BitSet();
    for (Operation op : operations) {
      if (op.outcome() != Outcome.FAIL) {
        known.set(op.id());
      }
      if (op.ok()) {
        missing.set(op.id());
      }
    }
    Object state = init;
    boolean held = false;
    long latestInvoked = -1;
    for (Operation op : order) {
      if (!known.get(op.id())) {
        return "operation %d is failed, foreign or placed twice".formatted(op.id());
      }
      known.clear(op.id());
      missing.clear(op.id());
      if (op.returned() < latestInvoked) {
        return "operation %d stands after one invoked after its return".formatted(op.id());
      }
      latestInvoked = Math.max(latestInvoked, op.invoked());
      boolean legal = true;
      switch (op.f()) {
        case "read" -> legal = !op.ok() || same(state, op.output());
        case "write" -> state = op.input();
        case "cas" -> {
          List<?> pair = (List<?>) Objects.requireNonNull(op.input());
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
        return "operation %d, %s, does not fit a %s there".formatted(op.id(), op.f(), model.id());
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
