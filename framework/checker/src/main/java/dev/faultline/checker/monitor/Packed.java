package dev.faultline.checker.monitor;

/** Numbers of two parts in one {@code long}: a time, and below it something of that time. */
public final class Packed {
  /** More places than these, on average, are too far for going there step by step. */
  private static final int NEAR = 8;

  private static final int LEAST = 1 << 12;

  private static final int DIGIT = 11;
  private static final int MASK = (1 << DIGIT) - 1;

  private Packed() {}

  /**
   * Sorts the first so many by time, in time linear in how many they are.
   *
   * @param keys 0 or greater; those of the same time ascend already, or may come in any order
   * @param low how many bits lie below the time
   */
  public static void sort(long[] keys, int count, int low) {
    if (stepByStep(keys, count)) {
      return;
    }
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, keys[i]);
      most = Math.max(most, keys[i]);
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

  /** Sorts what is nearly sorted, as few calls overlap; whether it was. */
  private static boolean stepByStep(long[] keys, int count) {
    long moves = LEAST + (long) NEAR * count;
    for (int i = 1; i < count; i++) {
      long key = keys[i];
      int at = i;
      while (at > 0 && keys[at - 1] > key && moves > 0) {
        keys[at] = keys[at - 1];
        at--;
        moves--;
      }
      keys[at] = key;
    }
    return moves > 0;
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
