package dev.faultline.history.formats;

import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.util.Arrays;
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

  private OperationTable.Builder rows = new OperationTable.Builder();
  private int size;
  private long[] starts = new long[1 << 8];
  private long[] ends = new long[1 << 8];

  int size() {
    return size;
  }

  /** Adds one that returned; a process of −1 is none. */
  void add(
      long process,
      String f,
      @Nullable Object input,
      @Nullable Object output,
      long start,
      long end) {
    open(process, f, input, start);
    rows.complete(size - 1, Outcome.OK, output, null, 0, 0);
    ends[size - 1] = end;
  }

  /** Adds one that never returned. */
  void open(long process, String f, @Nullable Object input, long start) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    rows.invoke((int) process, f, null, input, 0, 0);
    starts[size] = start;
    ends[size++] = start;
  }

  /** All of them, in the order of their calls; nothing may be added any more. */
  OperationTable operations() {
    int[] byStart = sorted(starts, false);
    int[] byEnd = sorted(ends, true);
    int[] called = new int[size];
    int[] returned = new int[size];
    int position = 0;
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
    long first = size == 0 ? 0 : starts[byStart[0]];
    long last = size == 0 ? 0 : Math.max(first, ends[byEnd[size - 1]]);
    long unit = last - first < SMALL ? MILLISECOND : 1;
    OperationTable.Builder sorted = isInOrder(byStart) ? rows : rows.inOrder(byStart);
    Free free = new Free();
    for (int i = 0; i < size; i++) {
      int at = byStart[i];
      int given = sorted.process(i);
      sorted.stamp(
          i,
          given >= 0 ? given : free.take(called[at], returned[at]),
          called[at],
          (starts[at] - first) * unit,
          returned[at],
          (ends[at] - first) * unit);
    }
    return sorted.table();
  }

  private static boolean isInOrder(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
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
