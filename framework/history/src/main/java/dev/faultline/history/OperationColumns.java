package dev.faultline.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operations say, by their places in a list: what is to be read of millions costs no {@link
 * Operation} where the list has none.
 */
public interface OperationColumns {
  /** How many operations there are. */
  int size();

  /** {@link Operation#id}. */
  int id(int place);

  /** {@link Operation#f}. */
  String f(int place);

  /** {@link Operation#key}. */
  @Nullable Object key(int place);

  /** {@link Operation#input}. */
  @Nullable Object input(int place);

  /** {@link Operation#output}. */
  @Nullable Object output(int place);

  /** {@link Operation#outcome}. */
  Outcome outcome(int place);

  /** {@link Operation#invoked}. */
  long invoked(int place);

  /** {@link Operation#returned}. */
  long returned(int place);

  /** {@link Operation#ok}. */
  default boolean ok(int place) {
    return outcome(place) == Outcome.OK;
  }

  /** How many operations ended so. */
  default int count(Outcome outcome) {
    int count = 0;
    for (int i = 0; i < size(); i++) {
      count += outcome(i) == outcome ? 1 : 0;
    }
    return count;
  }

  /** The columns of a list, which must have quick access by place. */
  static OperationColumns of(List<Operation> operations) {
    return operations instanceof OperationColumns columns ? columns : new Listed(operations);
  }

  /** Those of a list of operations. */
  record Listed(List<Operation> operations) implements OperationColumns {
    @Override
    public int size() {
      return operations.size();
    }

    @Override
    public int id(int place) {
      return operations.get(place).id();
    }

    @Override
    public String f(int place) {
      return operations.get(place).f();
    }

    @Override
    public @Nullable Object key(int place) {
      return operations.get(place).key();
    }

    @Override
    public @Nullable Object input(int place) {
      return operations.get(place).input();
    }

    @Override
    public @Nullable Object output(int place) {
      return operations.get(place).output();
    }

    @Override
    public Outcome outcome(int place) {
      return operations.get(place).outcome();
    }

    @Override
    public long invoked(int place) {
      return operations.get(place).invoked();
    }

    @Override
    public long returned(int place) {
      return operations.get(place).returned();
    }
  }
}
