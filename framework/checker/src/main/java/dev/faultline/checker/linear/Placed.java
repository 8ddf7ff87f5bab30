package dev.faultline.checker.linear;

import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.Outcome;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Some of a list's operations, in an order of their own: a view, for there may be millions. */
final class Placed extends AbstractList<Operation> implements OperationColumns, RandomAccess {
  private final List<Operation> operations;
  private final OperationColumns columns;
  private final int[] at;

  /** The operations at these places, which nobody changes any more. */
  Placed(List<Operation> operations, int[] at) {
    this.operations = operations;
    this.columns = OperationColumns.of(operations);
    this.at = at;
  }

  @Override
  public Operation get(int place) {
    return operations.get(at[place]);
  }

  @Override
  public int size() {
    return at.length;
  }

  @Override
  public int id(int place) {
    return columns.id(at[place]);
  }

  @Override
  public String f(int place) {
    return columns.f(at[place]);
  }

  @Override
  public @Nullable Object key(int place) {
    return columns.key(at[place]);
  }

  @Override
  public @Nullable Object input(int place) {
    return columns.input(at[place]);
  }

  @Override
  public @Nullable Object output(int place) {
    return columns.output(at[place]);
  }

  @Override
  public Outcome outcome(int place) {
    return columns.outcome(at[place]);
  }

  @Override
  public long invoked(int place) {
    return columns.invoked(at[place]);
  }

  @Override
  public long returned(int place) {
    return columns.returned(at[place]);
  }
}
