package dev.faultline.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some rows; columns that are mostly empty are there where something is in them. */
final class OperationChunk {
  /** How many rows a chunk has at most, and how many at first. */
  static final int BITS = 12;

  static final int MOST = 1 << BITS;
  private static final int FEW = 1 << 6;

  /** What an operation says that was invoked and has not returned. */
  private static final String OPEN = "never completed";

  private static final byte NONE = 0;
  private static final byte OK = 1;
  private static final byte FAIL = 2;
  private static final byte INFO = 3;

  int[] processes;
  String[] functions;
  byte[] outcomes;
  @Nullable Object[] inputs;
  @Nullable Object[] outputs;
  long[] invoked;
  long[] invokeTimes;
  long[] returned;
  long[] returnTimes;
  @Nullable Object @Nullable [] keys;
  @Nullable String @Nullable [] errors;
  @Nullable String @Nullable [] clients;
  @Nullable String @Nullable [] nodes;
  long @Nullable [] intended;

  OperationChunk() {
    this(FEW);
  }

  private OperationChunk(int room) {
    processes = new int[room];
    functions = new String[room];
    outcomes = new byte[room];
    inputs = new @Nullable Object[room];
    outputs = new @Nullable Object[room];
    invoked = new long[room];
    invokeTimes = new long[room];
    returned = new long[room];
    returnTimes = new long[room];
  }

  /** A copy. */
  OperationChunk(OperationChunk from) {
    processes = from.processes.clone();
    functions = from.functions.clone();
    outcomes = from.outcomes.clone();
    inputs = from.inputs.clone();
    outputs = from.outputs.clone();
    invoked = from.invoked.clone();
    invokeTimes = from.invokeTimes.clone();
    returned = from.returned.clone();
    returnTimes = from.returnTimes.clone();
    keys = from.keys == null ? null : from.keys.clone();
    errors = from.errors == null ? null : from.errors.clone();
    clients = from.clients == null ? null : from.clients.clone();
    nodes = from.nodes == null ? null : from.nodes.clone();
    intended = from.intended == null ? null : from.intended.clone();
  }

  int room() {
    return functions.length;
  }

  void grow(int room) {
    processes = Arrays.copyOf(processes, room);
    functions = Arrays.copyOf(functions, room);
    outcomes = Arrays.copyOf(outcomes, room);
    inputs = Arrays.copyOf(inputs, room);
    outputs = Arrays.copyOf(outputs, room);
    invoked = Arrays.copyOf(invoked, room);
    invokeTimes = Arrays.copyOf(invokeTimes, room);
    returned = Arrays.copyOf(returned, room);
    returnTimes = Arrays.copyOf(returnTimes, room);
  }

  Operation operation(int id, int row) {
    boolean returns = returns(row);
    return new Operation(
        id,
        processes[row],
        functions[row],
        at(keys, row),
        inputs[row],
        outputs[row],
        outcome(row),
        isOpen(row) ? OPEN : at(errors, row),
        invoked[row],
        invokeTimes[row],
        returns ? returned[row] : Operation.NEVER,
        returns ? returnTimes[row] : Operation.NEVER,
        at(clients, row),
        at(nodes, row),
        intended == null ? invokeTimes[row] : intended[row]);
  }

  void end(
      int row,
      Outcome outcome,
      @Nullable Object output,
      @Nullable String error,
      long index,
      long time) {
    outcomes[row] =
        switch (outcome) {
          case OK -> OK;
          case FAIL -> FAIL;
          case INFO -> INFO;
        };
    outputs[row] = output;
    returned[row] = index;
    returnTimes[row] = time;
    if (error != null || errors != null) {
      errors = errors == null ? new @Nullable String[MOST] : errors;
      errors[row] = error;
    }
  }

  void key(int row, @Nullable Object key) {
    if (key != null || keys != null) {
      keys = keys == null ? new @Nullable Object[MOST] : keys;
      keys[row] = key;
    }
  }

  void set(int row, Operation op) {
    processes[row] = op.process();
    functions[row] = op.f();
    key(row, op.key());
    inputs[row] = op.input();
    end(row, op.outcome(), op.output(), op.error(), op.returned(), op.returnTime());
  }

  Outcome outcome(int row) {
    return switch (outcomes[row]) {
      case OK -> Outcome.OK;
      case FAIL -> Outcome.FAIL;
      default -> Outcome.INFO;
    };
  }

  /** Whether nobody told how it ended. */
  boolean isOpen(int row) {
    return outcomes[row] == NONE;
  }

  boolean returns(int row) {
    return outcomes[row] == OK || outcomes[row] == FAIL;
  }

  static <T> @Nullable T at(@Nullable T @Nullable [] column, int row) {
    return column == null || row >= column.length ? null : column[row];
  }
}
