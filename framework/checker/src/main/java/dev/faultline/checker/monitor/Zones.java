package dev.faultline.checker.monitor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts groups of calls one after another, each of which stands together. One whose first return is
 * before its last invocation takes all the time in between (its zone). There is an order if no two
 * zones overlap, and no group without one has to be inside of a zone.
 *
 * @see "Gibbons, Korach: Testing Shared Memories, SIAM J. Comput. 1997"
 */
final class Zones {
  /** Room for a place in time and a group's number in one {@code long}. */
  private static final int BITS = 27;

  static final int MOST = 1 << BITS;
  static final long LATEST = 1L << (62 - BITS);

  private Zones() {}

  /**
   * The groups in order, without empty ones; null if there is none.
   *
   * @param begin where each group's calls begin, and where the last one's end
   * @param hi of each group the first return
   * @param lo of each group the last invocation
   */
  static int @Nullable [] order(int[] begin, long[] hi, long[] lo) {
    int groups = hi.length;
    long[] zones = new long[groups];
    int forward = 0;
    int all = 0;
    for (int g = 0; g < groups; g++) {
      boolean some = begin[g] < begin[g + 1];
      all += some ? 1 : 0;
      if (some && hi[g] < lo[g]) {
        zones[forward++] = place(hi[g], g);
      }
    }
    zones = Arrays.copyOf(zones, forward);
    Arrays.sort(zones);
    long[] places = Arrays.copyOf(zones, all);
    for (int i = 1; i < forward; i++) {
      if (hi[group(zones[i])] < lo[group(zones[i - 1])]) {
        return null;
      }
    }
    for (int g = 0; g < groups; g++) {
      if (begin[g] < begin[g + 1] && hi[g] >= lo[g]) {
        int at = Arrays.binarySearch(zones, place(lo[g], g));
        // The last zone that begins before it.
        int before = (at < 0 ? -at - 1 : at) - 1;
        long inside = before < 0 ? -1 : lo[group(zones[before])];
        if (inside > hi[g]) {
          return null;
        }
        places[forward++] = place(Math.max(lo[g], inside), g);
      }
    }
    Arrays.sort(places);
    int[] order = new int[all];
    Arrays.setAll(order, i -> group(places[i]));
    return order;
  }

  private static long place(long time, int group) {
    return (time + 1) << BITS | group;
  }

  private static int group(long place) {
    return (int) (place & (MOST - 1));
  }
}
