package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** Decides directly where values are told apart, and by search otherwise. */
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
    Step orphan = Reduction.orphan(steps);
    return orphan == null ? search(steps, budget, effort) : new Answer.Stuck(orphan);
  }

  /** By search alone. */
  static Answer search(List<Step> all, Budget budget, long effort) {
    List<Step> steps = Reduction.reduce(all);
    StepMoves moves = new StepMoves();
    Layout layout = moves.layout(steps);
    Race.Outcome outcome = new Race(layout, moves, budget, effort).run();
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
