package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import java.util.List;

/** Decides directly where values are told apart, and by search otherwise. */
final class Portfolio implements Linearizer {
  private final Linearizer search = new JustInTime();

  @Override
  public Answer decide(List<Step> steps, Budget budget, long effort) {
    Answer answer = UniqueValues.decide(steps);
    return answer == null ? search.decide(steps, budget, effort) : answer;
  }
}
