package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides directly where values are told apart, or a step needs what cannot be there; by search
 * otherwise.
 */
final class Portfolio implements Linearizer {
  @Override
  public Answer decide(List<Step> steps, Budget budget, long effort) {
    Answer answer;
    try {
      answer = UniqueValues.decide(steps, budget);
    } catch (Budget.Spent e) {
      return new Answer.Exhausted(e.what(), 0, 1);
    }
    if (answer != null) {
      return answer;
    }
    Step orphan = Orphans.first(steps);
    if (orphan != null) {
      return new Answer.Stuck(orphan);
    }
    return search(steps, budget, effort, true);
  }

  /** By search alone; nobody is stuck earlier than who it says. */
  static Answer search(List<Step> all, Budget budget, long effort) {
    return search(all, budget, effort, false);
  }

  private static Answer search(List<Step> all, Budget budget, long effort, boolean again) {
    List<Step> steps = Reduction.reduce(all);
    StepMoves moves = new StepMoves();
    Layout layout = moves.layout(steps);
    Race.Outcome outcome =
        again && layout.crashed.length > 0 ? Race.again(layout, moves, budget, effort) : null;
    if (outcome == null) {
      outcome = Race.run(layout, moves, budget, effort);
    }
    if (outcome.ended() != null) {
      return new Answer.Exhausted(outcome.ended(), outcome.farthest(), outcome.alternatives());
    }
    List<Integer> order = outcome.order();
    if (order == null) {
      return new Answer.Stuck(steps.get(layout.returns[outcome.farthest()]));
    }
    List<Operation> ordered = new ArrayList<>(order.size());
    for (int step : order) {
      ordered.add(steps.get(step).op());
    }
    return new Answer.Ordered(ordered);
  }
}
