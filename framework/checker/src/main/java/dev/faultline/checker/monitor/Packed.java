package dev.faultline.checker.monitor;

import java.util.Arrays;

/** Numbers of two parts in one {@code long}: a time, and below it something of that time. */
final class Packed {
  /** Fewer are sorted by comparisons. */
  private static final int FEW = 1 << 8;

  private static final int DIGIT = 11;
  private static final int MASK = (1 << DIGIT) - 1;

  private Packed() {}

  /**
   * Sorts the first so many by time, in time linear in how many they are.
   *
   * @param keys 0 or greater; those of the same time ascend already, or may come in any order
   * @param low how many bits lie below the time
   */
  static void sort(long[] keys, int count, int low) {
    if (count < FEW) {
      Arrays.sort(keys, 0, count);
      return;
    }
    long least = Long.MAX_VALUE;
    long most = 0;
    boolean inOrder = true;
    long last = 0;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, keys[i]);
      most = Math.max(most, keys[i]);
      inOrder &= last <= keys[i];
      last = keys[i];
    }
    if (inOrder) {
      return;
    }
    long base = least >>> low;
    long range = (most >>> low) - base;
    long[] from = keys;
    long[] to = new long[count];
    for (int shift = 0; range >>> shift != 0; shift += DIGIT) {
      pass(from, to, count, low, base, shift);
      long[] swap = from;
      from = to;
      to = swap;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, count);
    }
  }

  private static void pass(long[] from, long[] to, int count, int low, long base, int shift) {
    int[] places = new int[MASK + 2];
    for (int i = 0; i < count; i++) {
      places[((int) (((from[i] >>> low) - base) >>> shift) & MASK) + 1]++;
    }
    for (int d = 1; d < places.length; d++) {
      places[d] += places[d - 1];
    }
    for (int i = 0; i < count; i++) {
      to[places[(int) (((from[i] >>> low) - base) >>> shift) & MASK]++] = from[i];
    }
  }
}
