package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations of one object, or of a part of one that nothing connects to the rest. */
interface Part {
  /** The key, and the part of it; empty for the only one. */
  String name();

  /** What it is about; some may have failed, and have no place in an order. */
  List<Operation> operations();

  /** How many may stand in an order. */
  int size();

  /** How many must. */
  long certain();

  /**
   * Decides.
   *
   * @param effort how many configurations may be looked at, besides the budget
   */
  Decision decide(Budget budget, long effort);

  /**
   * What is wrong with an order, by an independent check; null if nothing.
   *
   * @throws Budget.Spent if the budget ends first
   */
  @Nullable String problem(List<Operation> order, Budget budget);

  /** Thrown by an explanation that finds an order where there was said to be none. */
  final class Disagreement extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Disagreement() {
      super("one way found no order, and another one", null, false, false);
    }
  }

  /** What came of it. */
  sealed interface Decision {
    /** An order of all that must be placed, and some of the others. */
    record Ordered(List<Operation> order) implements Decision {}

    /**
     * There is none.
     *
     * @param last by whose return there was none
     * @param explain makes the evidence, within a budget
     */
    record Impossible(Operation last, Function<Budget, Witness> explain) implements Decision {}

    /**
     * Not decided.
     *
     * @param what which budget ran out
     * @param placed how many had returned before that
     * @param alternatives how many possibilities were open then
     */
    record Exhausted(String what, long placed, long alternatives) implements Decision {}
  }
}
