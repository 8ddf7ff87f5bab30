package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an order of an object's calls that somebody claims to be a linearization, in one pass.
 * Shares no code with the search, only the model.
 */
final class Replay {
  private Replay() {}

  /** What is wrong with the order; null if nothing. */
  static <S> @Nullable String problem(Model<S> model, List<Call> calls, List<Call> order) {
    Set<Integer> known = new HashSet<>();
    calls.forEach(call -> known.add(call.operation().id()));
    Set<Integer> placed = new HashSet<>();
    Set<S> states = Set.of(model.initial());
    long latestInvoked = -1;
    for (Call call : order) {
      int id = call.operation().id();
      if (!known.contains(id) || !placed.add(id)) {
        return "operation %d is foreign or placed twice".formatted(id);
      }
      if (call.failed() && !model.answersFailures()) {
        return "operation %d failed and is placed".formatted(id);
      }
      if (call.operation().returned() < latestInvoked) {
        return "operation %d stands after one invoked after its return".formatted(id);
      }
      latestInvoked = Math.max(latestInvoked, call.operation().invoked());
      Set<S> next = new LinkedHashSet<>();
      for (S state : states) {
        next.addAll(model.step(state, call));
      }
      if (next.isEmpty()) {
        return "operation %d, %s, does not fit a %s there".formatted(id, call.f(), model.noun());
      }
      states = next;
    }
    for (Call call : calls) {
      boolean certain = call.known() || (call.failed() && model.answersFailures());
      if (certain && !placed.contains(call.operation().id())) {
        return "operation %d took effect and is not placed".formatted(call.operation().id());
      }
    }
    return null;
  }
}
