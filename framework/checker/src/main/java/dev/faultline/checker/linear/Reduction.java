package dev.faultline.checker.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
}
