package dev.faultline.checker.linear;

import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what cannot matter: steps that may be left out and that only look, or make a state
 * that no other step needs. Sound because such a step, wherever an order has it, can be taken out
 * again: the step after it does not look at the state, or it does not exist.
 */
final class Reduction {
  private Reduction() {}

  static List<Step> reduce(List<Step> steps) {
    Map<Integer, Integer> needed = new HashMap<>();
    for (Step step : steps) {
      if (step.need() != Step.ANY && (step.must() || !step.observes())) {
        needed.merge(step.need(), 1, Integer::sum);
      }
    }
    List<Step> kept = steps;
    while (true) {
      List<Step> next = new ArrayList<>(kept.size());
      for (Step step : kept) {
        if (step.must() || (!step.observes() && needed.getOrDefault(step.make(), 0) > 0)) {
          next.add(step);
        } else if (!step.observes() && step.need() != Step.ANY) {
          needed.merge(step.need(), -1, Integer::sum);
        }
      }
      if (next.size() == kept.size()) {
        return next;
      }
      kept = next;
    }
  }

  /**
   * The first step to return that needs a state which nobody can have made by then; null if there
   * is none. No crashed step then needs to be looked at.
   */
  static @Nullable Step orphan(List<Step> steps) {
    Map<Integer, Long> madeSince = new HashMap<>();
    for (Step step : steps) {
      if (!step.observes() && step.make() != step.need()) {
        madeSince.merge(step.make(), step.invoked(), Math::min);
      }
    }
    Step first = null;
    for (Step step : steps) {
      if (step.must()
          && step.need() > 0
          && madeSince.getOrDefault(step.need(), Operation.NEVER) > step.returned()
          && (first == null || step.returned() < first.returned())) {
        first = step;
      }
    }
    return first;
  }
}
