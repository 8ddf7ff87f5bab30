package dev.faultline.checker.linear;

import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
    Set<Integer> known = new HashSet<>();
    operations.forEach(op -> known.add(op.id()));
    Set<Integer> placed = new HashSet<>();
    Object state = init;
    boolean held = false;
    long latestInvoked = -1;
    for (Operation op : order) {
      if (!known.contains(op.id()) || op.outcome() == Outcome.FAIL || !placed.add(op.id())) {
        return "operation %d is failed, foreign or placed twice".formatted(op.id());
      }
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
    for (Operation op : operations) {
      if (op.ok() && !placed.contains(op.id())) {
        return "operation %d took effect and is not placed".formatted(op.id());
      }
    }
    return null;
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return Objects.equals(a, b)
        || (a instanceof Number m && b instanceof Number n && m.longValue() == n.longValue());
  }
}
