package dev.faultline.checker.objects;

import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The slow and obvious rival of {@link SetLinearizable}: tries every order of a few operations. */
record EveryOrder(List<Operation> operations) {
  boolean exists() {
    List<Operation> left = new ArrayList<>();
    for (Operation op : operations) {
      if (!Told.failed(op)) {
        left.add(op);
      }
    }
    return from(new HashSet<>(), left);
  }

  private static boolean from(Set<@Nullable Object> state, List<Operation> left) {
    if (left.stream().noneMatch(Operation::ok)) {
      return true;
    }
    for (Operation next : left) {
      if (left.stream().anyMatch(other -> other.precedes(next))) {
        continue;
      }
      Set<@Nullable Object> after = new HashSet<>(state);
      List<@Nullable Object> shown = Told.elements(next);
      if (next.f().equals("add")) {
        after.add(Told.plain(next.input()));
      } else if (shown != null && !new HashSet<>(shown).equals(state)) {
        continue;
      }
      List<Operation> rest = new ArrayList<>(left);
      rest.remove(next);
      if (from(after, rest)) {
        return true;
      }
    }
    return false;
  }
}
