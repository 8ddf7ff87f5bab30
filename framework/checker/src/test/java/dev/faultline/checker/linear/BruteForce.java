package dev.faultline.checker.linear;

import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The definition, tried out in every way; for at most a dozen operations of one object. */
final class BruteForce {
  private BruteForce() {}

  static boolean linearizable(List<Operation> operations) {
    List<Operation> left = new ArrayList<>(operations);
    left.removeIf(op -> op.outcome() == Outcome.FAIL);
    return search(left, null);
  }

  private static boolean search(List<Operation> left, @Nullable Object state) {
    if (left.stream().noneMatch(Operation::ok)) {
      return true;
    }
    for (Operation next : left) {
      if (left.stream().anyMatch(other -> other.precedes(next))) {
        continue;
      }
      List<Operation> rest = new ArrayList<>(left);
      rest.remove(next);
      if (!next.ok() && search(rest, state)) {
        return true;
      }
      boolean legal =
          switch (next.f()) {
            case "read" -> !next.ok() || Objects.equals(next.output(), state);
            case "cas" -> Objects.equals(((List<?>) input(next)).get(0), state);
            case "acquire" -> state == null;
            case "release" -> state != null;
            default -> true;
          };
      Object after =
          switch (next.f()) {
            case "write" -> next.input();
            case "cas" -> ((List<?>) input(next)).get(1);
            case "acquire" -> "held";
            case "release" -> null;
            default -> state;
          };
      if (legal && search(rest, after)) {
        return true;
      }
    }
    return false;
  }

  private static Object input(Operation op) {
    return Objects.requireNonNull(op.input());
  }
}
