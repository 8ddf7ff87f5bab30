package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.monitor.Numbers;
import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.Outcome;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object does when its operations come one after another. {@code fail} means that the
 * operation did not happen, so a failed compare-and-set says nothing about the value it found.
 */
enum StepModel {
  /** {@code read} and {@code write}; at first the value is {@code init}. */
  REGISTER("register"),
  /** A register with {@code cas}, whose value is {@code [expected, new]}. */
  CAS_REGISTER("cas-register"),
  /** {@code acquire} a free lock, {@code release} a held one; whose hold it is does not matter. */
  MUTEX("mutex");

  private final String id;

  StepModel(String id) {
    this.id = id;
  }

  /** The word in parameters. */
  String id() {
    return id;
  }

  /** Whoever this names in a sentence: "a register". */
  String noun() {
    return this == MUTEX ? "lock" : "register";
  }

  /**
   * The operations of one object as steps, in order; those that certainly did not happen are left
   * out. The object starts in state 0.
   *
   * @param init what a register holds at first
   * @throws dev.faultline.checker.model.Misfit if a function or the shape of a value is unknown
   * @throws Budget.Spent if the budget ends first
   */
  Steps steps(List<Operation> operations, @Nullable Object init, Budget budget) {
    OperationColumns columns = OperationColumns.of(operations);
    States states = new States(init);
    int[] need = new int[operations.size()];
    int[] make = new int[need.length];
    int size = 0;
    for (int i = 0; i < need.length; i++) {
      budget.poll(i);
      String f = columns.f(i);
      if (this == MUTEX) {
        need[size] = held(f, operations, i);
        make[size] = 1 - need[size];
      } else if (f.equals("read")) {
        need[size] = columns.ok(i) ? states.of(columns.output(i)) : Step.ANY;
        make[size] = Step.SAME;
      } else if (f.equals("write")) {
        need[size] = Step.ANY;
        make[size] = states.of(columns.input(i));
      } else {
        List<?> pair = pair(operations.get(i));
        need[size] = states.of(pair.get(0));
        make[size] = states.of(pair.get(1));
      }
      size += columns.outcome(i) == Outcome.FAIL ? 0 : 1;
    }
    if (size == need.length) {
      return new Steps(operations, need, make);
    }
    int[] happened = new int[size];
    int at = 0;
    for (int i = 0; i < need.length; i++) {
      if (columns.outcome(i) != Outcome.FAIL) {
        happened[at++] = i;
      }
    }
    return new Steps(
        new Placed(operations, happened), Arrays.copyOf(need, size), Arrays.copyOf(make, size));
  }

  private List<?> pair(Operation op) {
    if (this != CAS_REGISTER || !op.f().equals("cas")) {
      String known = this == CAS_REGISTER ? "read, write, cas" : "read, write";
      throw Call.of(op).misfit("unknown function; %s knows %s".formatted(id, known));
    }
    if (op.input() instanceof List<?> pair && pair.size() == 2) {
      return pair;
    }
    throw Call.of(op).misfit("value " + op.input() + ", want [expected, new]");
  }

  /** The state of a lock that an operation needs; it makes the other. */
  private static int held(String f, List<Operation> operations, int at) {
    return switch (f) {
      case "acquire" -> 0;
      case "release" -> 1;
      default ->
          throw Call.of(operations.get(at))
              .misfit("unknown function; mutex knows acquire, release");
    };
  }

  /** Numbers for values; what is there at first has 0. */
  private static final class States {
    private static final Object NIL = new Object();

    private final Numbers numbers = new Numbers();

    States(@Nullable Object init) {
      of(init);
    }

    int of(@Nullable Object value) {
      Object plain = plain(value);
      return numbers.of(plain == null ? NIL : plain);
    }
  }

  /** Whole numbers are equal whatever their width. */
  static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Integer i ? (Object) i.longValue() : value;
  }
}
