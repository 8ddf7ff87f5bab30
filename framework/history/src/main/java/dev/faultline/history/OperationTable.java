package dev.faultline.history;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Operations in columns: half the memory of as many {@link Operation}s, and none of the collector's
 * work. One is made where it is asked for; two that are made of the same row are equal.
 */
public final class OperationTable extends AbstractList<Operation>
    implements OperationColumns, RandomAccess {
  private static final int BITS = OperationChunk.BITS;
  private static final int MOST = OperationChunk.MOST;

  private final OperationChunk[] chunks;
  private final int size;

  private OperationTable(OperationChunk[] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  @Override
  public Operation get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("operation " + index + " of " + size);
    }
    return chunks[index >>> BITS].operation(index, index & (MOST - 1));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int id(int place) {
    return place;
  }

  @Override
  public String f(int place) {
    return chunks[place >>> BITS].functions[place & (MOST - 1)];
  }

  @Override
  public @Nullable Object key(int place) {
    return OperationChunk.at(chunks[place >>> BITS].keys, place & (MOST - 1));
  }

  @Override
  public @Nullable Object input(int place) {
    return chunks[place >>> BITS].inputs[place & (MOST - 1)];
  }

  @Override
  public @Nullable Object output(int place) {
    return chunks[place >>> BITS].outputs[place & (MOST - 1)];
  }

  @Override
  public Outcome outcome(int place) {
    return chunks[place >>> BITS].outcome(place & (MOST - 1));
  }

  @Override
  public long invoked(int place) {
    return chunks[place >>> BITS].invoked[place & (MOST - 1)];
  }

  @Override
  public long returned(int place) {
    OperationChunk chunk = chunks[place >>> BITS];
    int row = place & (MOST - 1);
    return chunk.returns(row) ? chunk.returned[row] : Operation.NEVER;
  }

  /**
   * The operations with some of them changed, in as much new memory as that takes.
   *
   * @param places of those that may be changed
   * @param edit may change all but when it was invoked, and by whom
   */
  public OperationTable with(IntPredicate places, UnaryOperator<Operation> edit) {
    OperationChunk[] edited = chunks.clone();
    for (int i = 0; i < size; i++) {
      if (!places.test(i)) {
        continue;
      }
      Operation before = get(i);
      Operation after = edit.apply(before);
      if (after != before) {
        int at = i >>> BITS;
        edited[at] = edited[at] == chunks[at] ? new OperationChunk(chunks[at]) : edited[at];
        edited[at].set(i & (MOST - 1), after);
      }
    }
    return new OperationTable(edited, size);
  }

  /** Takes rows in the order of invocation; each may be completed later, once. */
  public static final class Builder {
    private OperationChunk[] chunks = {};
    private int size;

    /** How many rows there are. */
    public int size() {
      return size;
    }

    /**
     * Adds an operation that nobody knows the end of, unless it is told later.
     *
     * @param index of its line, greater than that of every row before
     * @param time nanoseconds since the run's start
     * @return its row
     */
    public int invoke(
        int process,
        String f,
        @Nullable Object key,
        @Nullable Object input,
        long index,
        long time) {
      int row = size & (MOST - 1);
      if (row == 0) {
        int used = size >>> BITS;
        chunks = used == chunks.length ? Arrays.copyOf(chunks, Math.max(1, 2 * used)) : chunks;
        chunks[used] = new OperationChunk();
      }
      OperationChunk chunk = chunks[size >>> BITS];
      if (row == chunk.room()) {
        // The first of many fills soon; what is small stays small.
        chunk.grow(size < MOST ? 2 * row : MOST);
      }
      chunk.processes[row] = process;
      chunk.functions[row] = f;
      chunk.inputs[row] = input;
      chunk.invoked[row] = index;
      chunk.invokeTimes[row] = time;
      if (chunk.intended != null) {
        chunk.intended[row] = time;
      }
      chunk.key(row, key);
      return size++;
    }

    /** How it ended; index and time count for nothing where the outcome is {@code INFO}. */
    public void complete(
        int id,
        Outcome outcome,
        @Nullable Object output,
        @Nullable String error,
        long index,
        long time) {
      chunks[id >>> BITS].end(id & (MOST - 1), outcome, output, error, index, time);
    }

    /** Who invoked it, where, and when it was to be. */
    public void who(int id, @Nullable String client, @Nullable String node, long intended) {
      OperationChunk chunk = chunks[id >>> BITS];
      int row = id & (MOST - 1);
      if (client != null) {
        chunk.clients = chunk.clients == null ? new @Nullable String[MOST] : chunk.clients;
        chunk.clients[row] = client;
      }
      if (node != null) {
        chunk.nodes = chunk.nodes == null ? new @Nullable String[MOST] : chunk.nodes;
        chunk.nodes[row] = node;
      }
      if (chunk.intended == null && intended != chunk.invokeTimes[row]) {
        chunk.intended = Arrays.copyOf(chunk.invokeTimes, MOST);
      }
      if (chunk.intended != null) {
        chunk.intended[row] = intended;
      }
    }

    /** The time of a row's invocation. */
    public long invokeTime(int id) {
      return chunks[id >>> BITS].invokeTimes[id & (MOST - 1)];
    }

    /** The time of a row's completion. */
    public long returnTime(int id) {
      return chunks[id >>> BITS].returnTimes[id & (MOST - 1)];
    }

    /** Changes whose a row is, and when it was invoked. */
    public void invoked(int id, int process, long index) {
      OperationChunk chunk = chunks[id >>> BITS];
      int row = id & (MOST - 1);
      chunk.processes[row] = process;
      chunk.invoked[row] = index;
    }

    /** Changes when a row was completed. */
    public void returned(int id, long index) {
      chunks[id >>> BITS].returned[id & (MOST - 1)] = index;
    }

    /** Changes the times of a row. */
    public void times(int id, long invoked, long returned) {
      OperationChunk chunk = chunks[id >>> BITS];
      int row = id & (MOST - 1);
      chunk.invokeTimes[row] = invoked;
      chunk.returnTimes[row] = returned;
    }

    /** The process of a row. */
    public int process(int id) {
      return chunks[id >>> BITS].processes[id & (MOST - 1)];
    }

    /** The function of a row. */
    public String f(int id) {
      return chunks[id >>> BITS].functions[id & (MOST - 1)];
    }

    /** The input of a row. */
    public @Nullable Object input(int id) {
      return chunks[id >>> BITS].inputs[id & (MOST - 1)];
    }

    /** Changes the input of a row. */
    public void input(int id, @Nullable Object input) {
      chunks[id >>> BITS].inputs[id & (MOST - 1)] = input;
    }

    /** The rows, whose places {@code order} gives, in that order. */
    public Builder inOrder(int[] order) {
      Builder sorted = new Builder();
      for (int id : order) {
        OperationChunk chunk = chunks[id >>> BITS];
        int row = id & (MOST - 1);
        int at =
            sorted.invoke(
                chunk.processes[row],
                chunk.functions[row],
                OperationChunk.at(chunk.keys, row),
                chunk.inputs[row],
                chunk.invoked[row],
                chunk.invokeTimes[row]);
        if (chunk.isOpen(row)) {
          sorted.returned(at, chunk.returned[row]);
          sorted.times(at, chunk.invokeTimes[row], chunk.returnTimes[row]);
        } else {
          sorted.complete(
              at,
              chunk.outcome(row),
              chunk.outputs[row],
              OperationChunk.at(chunk.errors, row),
              chunk.returned[row],
              chunk.returnTimes[row]);
        }
      }
      return sorted;
    }

    /** What was added; nothing may be, from now on. */
    public OperationTable table() {
      OperationTable table = new OperationTable(chunks, size);
      chunks = new OperationChunk[0];
      size = 0;
      return table;
    }
  }
}
