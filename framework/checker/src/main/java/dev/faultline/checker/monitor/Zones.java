package dev.faultline.checker.monitor;

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
    long[] others = new long[groups];
    int forward = 0;
    int free = 0;
    for (int g = 0; g < groups; g++) {
      if (begin[g] < begin[g + 1] && hi[g] < lo[g]) {
        zones[forward++] = place(hi[g], g);
      } else if (begin[g] < begin[g + 1]) {
        others[free++] = place(lo[g], g);
      }
    }
    Packed.sort(zones, forward, BITS);
    Packed.sort(others, free, BITS);
    int[] order = new int[forward + free];
    int zone = 0;
    long end = -1;
    int next = 0;
    for (int i = 0; i < forward + free; i++) {
      int other = next < free ? group(others[next]) : -1;
      // It stands behind each zone that begins before its last invocation, as zones do not overlap.
      if (zone < forward && (other < 0 || zones[zone] < others[next])) {
        int group = group(zones[zone++]);
        if (hi[group] < end) {
          return null;
        }
        end = lo[group];
        order[i] = group;
      } else {
        if (hi[other] < end) {
          return null;
        }
        order[i] = other;
        next++;
      }
    }
    return order;
  }

  private static long place(long time, int group) {
    return (time + 1) << BITS | group;
  }

  private static int group(long place) {
    return (int) (place & (MOST - 1));
  }
}
