package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.history.Operation;
import java.util.List;

/**
 * Decides whether the steps of one object can be put in an order that keeps precedence (a step that
 * returned before another was invoked comes first) and in which each finds the state that it needs.
 * The seam behind which the search can be replaced.
 */
interface Linearizer {
  /**
   * Decides.
   *
   * @param steps in the order of invocation; the object starts in state 0
   * @param effort how many configurations may be looked at, besides the budget
   */
  Answer decide(List<Step> steps, Budget budget, long effort);

  /** What came of it. */
  sealed interface Answer {
    /** An order of all steps that must be placed and some of the others. */
    record Ordered(List<Operation> order) implements Answer {}

    /** No order places all steps that had returned when this one did. */
    record Stuck(Step last) implements Answer {}

    /**
     * Not decided.
     *
     * @param what which budget ran out
     * @param placed how many steps had returned before that
     * @param configurations how many possibilities were alive then
     */
    record Exhausted(String what, int placed, long configurations) implements Answer {}
  }
}
