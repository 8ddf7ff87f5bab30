package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.checker.monitor.Chains;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides without a search where each state is made by at most one step: a register whose values
 * are all different, compare-and-set too. How, is told at {@link Chains}.
 */
final class UniqueValues {
  private UniqueValues() {}

  /**
   * The answer; null where values are not told apart and something else must decide.
   *
   * @throws Budget.Spent if the budget ends first
   */
  static @Nullable Answer decide(List<Step> steps, Budget budget) {
    Chains chains = new Chains(steps.size(), budget);
    for (Step step : steps) {
      chains.add(step.need(), step.make(), step.invoked(), step.returned());
    }
    if (!chains.suited()) {
      return null;
    }
    int[] order = chains.order();
    if (order == null) {
      return new Answer.Stuck(steps.get(chains.stuck()));
    }
    budget.poll();
    List<Step> ordered = new ArrayList<>(order.length);
    for (int step : order) {
      ordered.add(steps.get(step));
    }
    return new Answer.Ordered(ordered);
  }
}
