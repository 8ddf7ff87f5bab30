package dev.faultline.checker.monitor;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Many calls, whose reader stops when the budget ends, whichever decider it is. */
final class Polled extends AbstractList<Call> implements RandomAccess {
  /** Fewer are done with before it matters. */
  private static final int FEW = 1 << 12;

  private final List<Call> calls;
  private final Budget budget;

  private Polled(List<Call> calls, Budget budget) {
    this.calls = calls;
    this.budget = budget;
  }

  /** Calls that lie in memory, as they are read within a budget. */
  static List<Call> of(List<Call> calls, Budget budget) {
    return calls.size() < FEW ? calls : new Polled(calls, budget);
  }

  /** Some of these calls, within the same budget. */
  static List<Call> like(List<Call> calls, List<Call> some) {
    return calls instanceof Polled polled ? of(some, polled.budget) : some;
  }

  /** The same, without any budget. */
  static List<Call> plain(List<Call> calls) {
    return calls instanceof Polled polled ? polled.calls : calls;
  }

  @Override
  public Call get(int index) {
    budget.poll(index);
    return calls.get(index);
  }

  @Override
  public int size() {
    return calls.size();
  }
}
