package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls that were given a moment each, and a rank among those of the same moment. */
final class Points {
  private static final long NONE = -1;

  private final List<Call> calls;
  private final long[] times;
  private final int[] ranks;
  private int size;

  Points(List<Call> calls) {
    this.calls = calls;
    this.times = new long[calls.size()];
    this.ranks = new int[calls.size()];
    Arrays.fill(times, NONE);
  }

  /** Times are under {@link Sweep#LATEST}. */
  void put(int call, long time, int rank) {
    times[call] = time;
    ranks[call] = rank;
    size++;
  }

  List<Call> order() {
    long[] sorted = new long[size];
    int count = 0;
    for (int i = 0; i < times.length; i++) {
      if (times[i] != NONE) {
        sorted[count++] = (long) ranks[i] * Sweep.MOST | i;
      }
    }
    Packed.sort(sorted, count, Sweep.BITS);
    int[] byRank = new int[count];
    for (int i = 0; i < count; i++) {
      byRank[i] = (int) (sorted[i] & (Sweep.MOST - 1));
    }
    for (int i = 0; i < count; i++) {
      sorted[i] = times[byRank[i]] * Sweep.MOST | i;
    }
    Packed.sort(sorted, count, Sweep.BITS);
    List<Call> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      order.add(calls.get(byRank[(int) (sorted[i] & (Sweep.MOST - 1))]));
    }
    return order;
  }
}
