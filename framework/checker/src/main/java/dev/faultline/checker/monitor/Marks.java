package dev.faultline.checker.monitor;

import java.util.ArrayList;
import java.util.List;

/** A set of small numbers that finds the next lower one in the logarithm of their range to 64. */
final class Marks {
  /** Each word of a level says which words of the level below are not 0. */
  private final List<long[]> levels = new ArrayList<>();

  Marks(int range) {
    int words = range;
    do {
      words = (words + 63) / 64;
      levels.add(new long[Math.max(words, 1)]);
    } while (words > 1);
  }

  void set(int number) {
    int at = number;
    for (long[] level : levels) {
      level[at >> 6] |= 1L << at;
      at >>= 6;
    }
  }

  /** The highest number in the set that is lower; -1 if there is none. */
  int before(int number) {
    int at = number;
    for (int l = 0; l < levels.size(); l++) {
      long lower = levels.get(l)[at >> 6] & (1L << at) - 1;
      if (lower != 0) {
        at = (at & ~63) + 63 - Long.numberOfLeadingZeros(lower);
        for (int below = l - 1; below >= 0; below--) {
          at = (at << 6) + 63 - Long.numberOfLeadingZeros(levels.get(below)[at]);
        }
        return at;
      }
      at >>= 6;
    }
    return -1;
  }
}
