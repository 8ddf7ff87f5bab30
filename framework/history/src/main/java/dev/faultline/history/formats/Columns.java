package dev.faultline.history.formats;

import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Completed operations with stamps. Once all are there they are put in the order of their calls,
 * and each gets the positions of its call and return among all of them. At one stamp, what ends
 * there comes before what starts there, and what does both stands between.
 */
final class Columns {
  private static final int DIGIT = 11;

  /** More places than these, on average, are too far for going there step by step. */
  private static final int NEAR = 8;

  private static final int LEAST = 1 << 12;

  private static final long MILLISECOND = 1_000_000;

  /** Stamps that lie further apart than this are nanoseconds; else each shows as a millisecond. */
  private static final long SMALL = 1_000_000_000;

  /** With stamps for times, until all are there. */
  private OperationTable.Builder rows = new OperationTable.Builder();

  /** Whether there are some without a process. */
  private boolean nameless;

  int size() {
    return rows.size();
  }

  /** Adds one that returned; a process of −1 is none. */
  void add(
      long process,
      String f,
      @Nullable Object input,
      @Nullable Object output,
      long start,
      long end) {
    rows.complete(row(process, f, input, start), Outcome.OK, output, null, 0, end);
  }

  /** Adds one that never returned. */
  void open(long process, String f, @Nullable Object input, long start) {
    rows.times(row(process, f, input, start), start, start);
  }

  private int row(long process, String f, @Nullable Object input, long start) {
    nameless |= process < 0;
    return rows.invoke((int) process, f, null, input, 0, start);
  }

  /** All of them, in the order of their calls; nothing may be added any more. */
  OperationTable operations() {
    int size = rows.size();
    int[] byStart = sorted(false);
    if (!isInOrder(byStart)) {
      rows = rows.inOrder(byStart);
    }
    int[] byEnd = sorted(true);
    number(byEnd);
    long first = size == 0 ? 0 : rows.invokeTime(0);
    long last = size == 0 ? 0 : Math.max(first, rows.returnTime(byEnd[size - 1]));
    long unit = last - first < SMALL ? MILLISECOND : 1;
    for (int i = 0; i < size; i++) {
      rows.times(i, (rows.invokeTime(i) - first) * unit, (rows.returnTime(i) - first) * unit);
    }
    return rows.table();
  }

  /** Gives calls and returns their positions, and a process to those that have none. */
  private void number(int[] byEnd) {
    BitSet busy = new BitSet();
    long position = 0;
    int start = 0;
    int end = 0;
    while (end < byEnd.length) {
      int e = byEnd[end];
      long ends = rows.returnTime(e);
      boolean calls = false;
      if (start < byEnd.length) {
        long starts = rows.invokeTime(start);
        calls = starts < ends || (starts == ends && isInstant(start) && isInstant(e));
      }
      if (calls) {
        int process = nameless ? busy.nextClearBit(0) : rows.process(start);
        busy.set(nameless ? process : 0);
        rows.invoked(start++, process, position++);
      } else {
        busy.clear(nameless ? rows.process(e) : 0);
        rows.returned(e, position++);
        end++;
      }
    }
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
  private int[] sorted(boolean last) {
    int size = rows.size();
    int[] order = new int[size];
    long[] keys = new long[size];
    long moves = LEAST + (long) NEAR * size;
    for (int i = 0; i < size; i++) {
      long start = rows.invokeTime(i);
      long end = rows.returnTime(i);
      long key = (last ? end : start) << 1 | ((start == end) == last ? 1 : 0);
      keys[i] = key;
      // Few overlap, mostly, so each finds its place near by.
      int at = i;
      while (at > 0 && keys[order[at - 1]] > key && moves > 0) {
        order[at] = order[at - 1];
        at--;
        moves--;
      }
      order[at] = i;
    }
    return moves > 0 ? order : byDigits(keys);
  }

  private static int[] byDigits(long[] keys) {
    int[] order = new int[keys.length];
    int[] other = new int[keys.length];
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < keys.length; i++) {
      order[i] = i;
      least = Math.min(least, keys[i]);
      most = Math.max(most, keys[i]);
    }
    for (int shift = 0; shift < 64 && (most - least) >>> shift != 0; shift += DIGIT) {
      int[] count = new int[(1 << DIGIT) + 1];
      for (long key : keys) {
        count[digit(key - least, shift) + 1]++;
      }
      for (int d = 1; d < count.length; d++) {
        count[d] += count[d - 1];
      }
      for (int row : order) {
        other[count[digit(keys[row] - least, shift)]++] = row;
      }
      int[] swap = order;
      order = other;
      other = swap;
    }
    return order;
  }

  private boolean isInstant(int row) {
    return rows.invokeTime(row) == rows.returnTime(row);
  }

  private static int digit(long key, int shift) {
    return (int) (key >>> shift) & ((1 << DIGIT) - 1);
  }
}
