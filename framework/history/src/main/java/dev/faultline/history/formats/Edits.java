package dev.faultline.history.formats;

import dev.faultline.history.Operation;
import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations as a format means them. */
final class Edits {
  private Edits() {}

  /** The same operation with another answer. */
  static Operation answering(Operation op, @Nullable Object output) {
    return edited(op, op.key(), op.input(), output, op.outcome(), op.error());
  }

  /**
   * Whether all values are pairs {@code [key value]}: there are reads, and each asks with {@code
   * [key nil]}.
   */
  static boolean areKeyed(List<Operation> operations) {
    boolean reads = false;
    for (Operation op : operations) {
      if (op.key() != null
          || !isPair(op.input())
          || (op.output() != null && !isPair(op.output()))) {
        return false;
      }
      if (op.f().equals("read")) {
        reads = true;
        if (second(op.input()) != null) {
          return false;
        }
      }
    }
    return reads;
  }

  /** The operations of keyed values, by key. */
  static OperationTable withKeys(OperationTable operations) {
    return operations.with(
        i -> true,
        op ->
            edited(
                op,
                op.input() instanceof List<?> pair ? pair.get(0) : null,
                second(op.input()),
                second(op.output()),
                op.outcome(),
                op.error()));
  }

  private static boolean isPair(@Nullable Object value) {
    return value instanceof List<?> pair && pair.size() == 2 && !(pair.get(0) instanceof List<?>);
  }

  private static @Nullable Object second(@Nullable Object value) {
    return value instanceof List<?> pair ? pair.get(1) : null;
  }

  /** The operations where a read that found nil says nothing: as if it had not happened. */
  static OperationTable withoutReadsOfNothing(OperationTable operations) {
    return operations.with(
        i -> mayFindNothing(operations, i),
        op -> op.f().equals("txn") ? withoutSmallReadsOfNothing(op) : silent(op));
  }

  private static boolean mayFindNothing(OperationTable all, int place) {
    return all.ok(place)
        && ((all.output(place) == null && all.f(place).equals("read"))
            || all.f(place).equals("txn"));
  }

  private static Operation withoutSmallReadsOfNothing(Operation op) {
    if (!(op.input() instanceof List<?> asked)
        || !(op.output() instanceof List<?> told)
        || asked.size() != told.size()) {
      return op;
    }
    List<@Nullable Object> leftAsked = new ArrayList<>();
    List<@Nullable Object> leftTold = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      boolean nothing =
          told.get(i) instanceof List<?> part
              && part.size() == 3
              && "read".equals(part.get(0))
              && part.get(2) == null;
      if (!nothing) {
        leftAsked.add(asked.get(i));
        leftTold.add(told.get(i));
      }
    }
    return leftTold.isEmpty()
        ? silent(op)
        : edited(op, op.key(), leftAsked, leftTold, op.outcome(), op.error());
  }

  private static Operation silent(Operation op) {
    return edited(op, op.key(), op.input(), null, Outcome.FAIL, "a read of nil says nothing");
  }

  private static Operation edited(
      Operation op,
      @Nullable Object key,
      @Nullable Object input,
      @Nullable Object output,
      Outcome outcome,
      @Nullable String error) {
    return new Operation(
        op.id(),
        op.process(),
        op.f(),
        key,
        input,
        output,
        outcome,
        error,
        op.invoked(),
        op.invokeTime(),
        op.returned(),
        op.returnTime(),
        op.client(),
        op.node(),
        op.intendedTime());
  }
}
