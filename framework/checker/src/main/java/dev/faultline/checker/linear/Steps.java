package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.monitor.Chains;
import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The steps of one object, in the order of invocation. In columns: a {@link Step} is made where one
 * is asked for, and a monitor asks for none.
 */
final class Steps extends AbstractList<Step> implements RandomAccess {
  private final List<Operation> operations;
  private final int[] need;
  private final int[] make;

  /** What these operations, none of which failed, need and make. */
  Steps(List<Operation> operations, int[] need, int[] make) {
    this.operations = operations;
    this.need = need;
    this.make = make;
  }

  @Override
  public Step get(int index) {
    Operation op = operations.get(index);
    long returned = op.ok() ? op.returned() : Operation.NEVER;
    return new Step(op, need[index], make[index], op.ok(), op.invoked(), returned);
  }

  @Override
  public int size() {
    return operations.size();
  }

  /** What the steps stand for. */
  List<Operation> operations() {
    return operations;
  }

  /** The same, for the monitor of chains. */
  Chains chains(Budget budget) {
    OperationColumns columns = OperationColumns.of(operations);
    Chains chains = new Chains(need.length, budget);
    for (int i = 0; i < need.length; i++) {
      budget.poll(i);
      chains.add(
          need[i],
          make[i],
          columns.invoked(i),
          columns.ok(i) ? columns.returned(i) : Operation.NEVER);
    }
    return chains;
  }
}
