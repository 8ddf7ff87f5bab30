package dev.faultline.history.formats;

import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Completed operations with stamps. Once all are there they are put in the order of their calls,
 * and each gets the positions of its call and return among all of them. At one stamp, what ends
 * there comes before what starts there, and what does both stands between.
 */
final class Columns {
  private static final int DIGIT = 11;
  private static final long MILLISECOND = 1_000_000;

  /** Stamps that lie further apart than this are nanoseconds; else each shows as a millisecond. */
  private static final long SMALL = 1_000_000_000;

  /** The output of what never returned, whose end is its start. */
  static final Object UNKNOWN = new Object();

  private int size;
  private long[] processes = new long[1 << 10];
  private String[] functions = new String[1 << 10];
  private @Nullable Object[] inputs = new @Nullable Object[1 << 10];
  private @Nullable Object[] outputs = new @Nullable Object[1 << 10];
  private long[] starts = new long[1 << 10];
  private long[] ends = new long[1 << 10];

  int size() {
    return size;
  }

  /** Adds one; a process of −1 is none. */
  void add(
      long process,
      String f,
      @Nullable Object input,
      @Nullable Object output,
      long start,
      long end) {
    if (size == starts.length) {
      int more = 2 * size;
      processes = Arrays.copyOf(processes, more);
      functions = Arrays.copyOf(functions, more);
      inputs = Arrays.copyOf(inputs, more);
      outputs = Arrays.copyOf(outputs, more);
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
    }
    processes[size] = process;
    functions[size] = f;
    inputs[size] = input;
    outputs[size] = output;
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  /** All of them, in the order of their calls. */
  List<Operation> operations() {
    int[] byStart = sorted(starts, false);
    int[] byEnd = sorted(ends, true);
    long[] called = new long[size];
    long[] returned = new long[size];
    long position = 0;
    int start = 0;
    int end = 0;
    while (end < size) {
      int s = start < size ? byStart[start] : -1;
      int e = byEnd[end];
      boolean calls =
          s >= 0 && (starts[s] < ends[e] || (starts[s] == ends[e] && instant(s) && instant(e)));
      if (calls) {
        called[s] = position++;
        start++;
      } else {
        returned[e] = position++;
        end++;
      }
    }
    return made(byStart, called, returned);
  }

  private List<Operation> made(int[] byStart, long[] called, long[] returned) {
    long first = size == 0 ? 0 : starts[byStart[0]];
    long last = first;
    for (int i = 0; i < size; i++) {
      last = Math.max(last, ends[i]);
    }
    long unit = last - first < SMALL ? MILLISECOND : 1;
    Free free = new Free();
    List<Operation> operations = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int at = byStart[i];
      long from = (starts[at] - first) * unit;
      boolean unknown = outputs[at] == UNKNOWN;
      int process = processes[at] >= 0 ? (int) processes[at] : free.take(called[at], returned[at]);
      operations.add(
          new Operation(
              i,
              process,
              functions[at],
              null,
              inputs[at],
              unknown ? null : outputs[at],
              unknown ? Outcome.INFO : Outcome.OK,
              unknown ? "never completed" : null,
              called[at],
              from,
              unknown ? Operation.NEVER : returned[at],
              unknown ? Operation.NEVER : (ends[at] - first) * unit,
              null,
              null,
              from));
    }
    return operations;
  }

  /**
   * The operations by a stamp, stably; where stamps are equal, what takes no time at all comes last
   * among those that end there, and first among those that start there.
   */
  private int[] sorted(long[] by, boolean last) {
    int[] order = new int[size];
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    boolean inOrder = true;
    for (int i = 0; i < size; i++) {
      order[i] = i;
      least = Math.min(least, by[i]);
      most = Math.max(most, by[i]);
      inOrder &= i == 0 || key(i - 1, by, last) <= key(i, by, last);
    }
    if (inOrder) {
      return order;
    }
    int[] other = new int[size];
    long range = (most - least) << 1 | 1;
    for (int shift = 0; shift < 64 && range >>> shift != 0; shift += DIGIT) {
      int[] count = new int[(1 << DIGIT) + 1];
      for (int i = 0; i < size; i++) {
        count[digit(order[i], by, last, least, shift) + 1]++;
      }
      for (int d = 1; d < count.length; d++) {
        count[d] += count[d - 1];
      }
      for (int i = 0; i < size; i++) {
        other[count[digit(order[i], by, last, least, shift)]++] = order[i];
      }
      int[] swap = order;
      order = other;
      other = swap;
    }
    return order;
  }

  private long key(int i, long[] by, boolean last) {
    return by[i] << 1 | (instant(i) == last ? 1 : 0);
  }

  private boolean instant(int i) {
    return starts[i] == ends[i];
  }

  private int digit(int i, long[] by, boolean last, long least, int shift) {
    return (int) ((key(i, by, last) - (least << 1)) >>> shift) & ((1 << DIGIT) - 1);
  }

  /** Processes for operations that have none: the first that is free. */
  private static final class Free {
    private long[] until = new long[16];
    private int known;

    int take(long called, long returned) {
      int process = 0;
      while (process < known && until[process] > called) {
        process++;
      }
      if (process == known) {
        until = known == until.length ? Arrays.copyOf(until, 2 * known) : until;
        known++;
      }
      until[process] = returned;
      return process;
    }
  }
}
