package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.checker.monitor.Chains;
import dev.faultline.history.Operation;
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
    Chains chains = chains(steps, budget);
    if (!chains.suited()) {
      return null;
    }
    int[] order = chains.order();
    if (order == null) {
      return new Answer.Stuck(steps.get(chains.stuck()));
    }
    return new Answer.Ordered(new Placed(operations(steps), order));
  }

  private static Chains chains(List<Step> steps, Budget budget) {
    if (steps instanceof Steps columns) {
      return columns.chains(budget);
    }
    Chains chains = new Chains(steps.size(), budget);
    for (Step step : steps) {
      chains.add(step.need(), step.make(), step.invoked(), step.returned());
    }
    return chains;
  }

  private static List<Operation> operations(List<Step> steps) {
    return steps instanceof Steps columns
        ? columns.operations()
        : steps.stream().map(Step::op).toList();
  }
}
