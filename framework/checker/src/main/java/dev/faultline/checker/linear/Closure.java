package dev.faultline.checker.linear;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a shrunk history follows from the whole one: if the whole had an order, the small one
 * had one too. The argument for each rule is at {@link Shrinker}.
 */
final class Closure {
  private Closure() {}

  /** The first step that was cut or changed without right; null if there is none. */
  static @Nullable String problem(List<Step> full, Shrinker.Small small) {
    Map<Integer, Step> kept = new HashMap<>();
    Set<Integer> needed = new HashSet<>();
    for (Step step : small.steps()) {
      kept.put(step.op().id(), step);
      needed.add(step.need());
    }
    Step anchor = small.anchor();
    boolean frontFree = anchor != null && kept.containsKey(anchor.op().id());
    for (Step step : small.steps()) {
      if (step.must() && step.returned() > small.end()) {
        return "operation %d returned after the prefix".formatted(step.op().id());
      }
      if (anchor != null && step.invoked() <= anchor.returned() && step.need() != Step.ANY) {
        frontFree = false;
      }
    }
    for (Step step : full) {
      Step now = kept.remove(step.op().id());
      if (now != null) {
        boolean weaker =
            now.make() == step.make()
                && (now.need() == step.need() || now.need() == Step.ANY)
                && (step.must() || !now.must())
                && now.invoked() == step.invoked()
                && now.returned() >= step.returned();
        if (!weaker) {
          return "operation %d was changed to ask for more".formatted(step.op().id());
        }
        continue;
      }
      boolean unmissed =
          step.invoked() >= small.end() || step.observes() || !needed.contains(step.make());
      boolean front = frontFree && anchor != null && step.returned() < anchor.invoked();
      if (!unmissed && !front) {
        return "operation %d was cut, and what it made is needed".formatted(step.op().id());
      }
    }
    return kept.isEmpty() ? null : "an operation that was never there";
  }
}
