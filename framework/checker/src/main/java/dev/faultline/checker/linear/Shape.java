package dev.faultline.checker.linear;

import java.util.Arrays;

/**
 * How a configuration, one way that things may stand before a return, is laid out in a few {@code
 * long}s: which return comes next and the state; which open calls are due; which blind ones are
 * free, that is, may still be placed and need not be; how many crashed ones of each kind were used;
 * and the call placed last, if it is loose, that is, nothing has needed it in its place yet.
 */
final class Shape {
  /** Words of a set of slots. */
  final int words;

  final int due = 1;
  final int free;
  final int used;
  final int loose;

  /** Words of a configuration. */
  final int length;

  /** Per crashed kind: the word of its count, and one of it there. */
  final int[] word;

  final long[] unit;
  private final int[] shift;
  private final long[] mask;

  /** Per word of counts: the highest bit of each count, which is never set. */
  private final long[] guards;

  /**
   * The shape of a layout's configurations.
   *
   * @param counts whether it matters how many crashed calls were used
   */
  Shape(Layout layout, boolean counts) {
    this.words = Math.max(1, (layout.slots + 63) >> 6);
    this.free = due + words;
    this.used = free + (layout.anyBlind ? words : 0);
    int kinds = counts ? layout.crashed.length : 0;
    this.word = new int[kinds];
    this.unit = new long[kinds];
    this.shift = new int[kinds];
    this.mask = new long[kinds];
    long[] high = new long[kinds];
    int at = 0;
    int bit = 0;
    for (int c = 0; c < kinds; c++) {
      int width = 33 - Integer.numberOfLeadingZeros(layout.crashed[c].length);
      if (bit + width > 64) {
        at++;
        bit = 0;
      }
      word[c] = used + at;
      unit[c] = 1L << bit;
      shift[c] = bit;
      mask[c] = (1L << (width - 1)) - 1;
      high[at] |= 1L << (bit + width - 1);
      bit += width;
    }
    int countWords = kinds == 0 ? 0 : at + 1;
    this.guards = Arrays.copyOf(high, countWords);
    this.loose = used + countWords;
    this.length = loose + 1;
  }

  static int next(long[] a, int at) {
    return (int) (a[at] >>> 32);
  }

  static int state(long[] a, int at) {
    return (int) a[at];
  }

  static long head(int next, int state) {
    return (long) next << 32 | state;
  }

  boolean due(long[] a, int at, int slot) {
    return (a[at + due + (slot >> 6)] & 1L << slot) != 0;
  }

  void setDue(long[] a, int at, int slot) {
    a[at + due + (slot >> 6)] |= 1L << slot;
  }

  void clearDue(long[] a, int at, int slot) {
    a[at + due + (slot >> 6)] &= ~(1L << slot);
  }

  boolean free(long[] a, int at, int slot) {
    return used != free && (a[at + free + (slot >> 6)] & 1L << slot) != 0;
  }

  void setFree(long[] a, int at, int slot) {
    a[at + free + (slot >> 6)] |= 1L << slot;
  }

  void clearFree(long[] a, int at, int slot) {
    if (used != free) {
      a[at + free + (slot >> 6)] &= ~(1L << slot);
    }
  }

  /** How many crashed calls of a kind were used. */
  int used(long[] a, int at, int c) {
    return (int) (a[at + word[c]] >>> shift[c] & mask[c]);
  }

  /** How many crashed calls were used. */
  int used(long[] a, int at) {
    int all = 0;
    for (int c = 0; c < word.length; c++) {
      all += used(a, at, c);
    }
    return all;
  }

  /** A hash of what two configurations must share before one can cover the other. */
  int hash(long[] a, int at) {
    long h = a[at] * 0x9E3779B97F4A7C15L;
    for (int i = at + due; i < at + free; i++) {
      h = (h ^ h >>> 29 ^ a[i]) * 0xBF58476D1CE4E5B9L;
    }
    return (int) (h ^ h >>> 32);
  }

  /** Whether they share that. */
  boolean peers(long[] a, int at, long[] b, int bt) {
    for (int i = 0; i < free; i++) {
      if (a[at + i] != b[bt + i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first of two peers can become all that the other can. */
  boolean covers(long[] a, int at, long[] b, int bt) {
    if (a[at + loose] != 0 && a[at + loose] != b[bt + loose]) {
      return false;
    }
    for (int i = free; i < used; i++) {
      if ((b[bt + i] & ~a[at + i]) != 0) {
        return false;
      }
    }
    for (int i = 0; i < guards.length; i++) {
      long g = guards[i];
      if (((b[bt + used + i] | g) - a[at + used + i] & g) != g) {
        return false;
      }
    }
    return true;
  }
}
