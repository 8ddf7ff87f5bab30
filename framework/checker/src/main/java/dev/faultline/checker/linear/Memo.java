package dev.faultline.checker.linear;

import java.util.Arrays;

/** Configurations that were seen, of which none covers another. */
final class Memo {
  private final Shape shape;
  private final int length;

  /** Open addressing, by what peers share: the newest row of such and one more. */
  private int[] heads = new int[64];

  private int groups;
  private long[] rows;

  /** Per row: an older one that is its peer, and one more. */
  private int[] older = new int[16];

  private int size;

  Memo(Shape shape) {
    this.shape = shape;
    this.length = shape.length;
    this.rows = new long[16 * length];
  }

  /**
   * Its row, unless one that covers it is here; then -1. It may take the row of one that it covers.
   */
  int add(long[] a, int at) {
    int slot = slot(a, at);
    int covered = -1;
    for (int row = heads[slot] - 1; row >= 0; row = older[row] - 1) {
      if (shape.covers(rows, row * length, a, at)) {
        return -1;
      }
      if (covered < 0 && shape.covers(a, at, rows, row * length)) {
        covered = row;
      }
    }
    if (covered >= 0) {
      System.arraycopy(a, at, rows, covered * length, length);
      return covered;
    }
    if (size == older.length) {
      older = Arrays.copyOf(older, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size * length);
    }
    System.arraycopy(a, at, rows, size * length, length);
    older[size] = heads[slot];
    if (heads[slot] == 0 && ++groups * 2 > heads.length) {
      heads[slot] = ++size;
      grow();
    } else {
      heads[slot] = ++size;
    }
    return size - 1;
  }

  private int slot(long[] a, int at) {
    int mask = heads.length - 1;
    int slot = shape.hash(a, at) & mask;
    while (heads[slot] != 0 && !shape.peers(rows, (heads[slot] - 1) * length, a, at)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] old = heads;
    heads = new int[2 * old.length];
    int mask = heads.length - 1;
    for (int head : old) {
      if (head != 0) {
        int slot = shape.hash(rows, (head - 1) * length) & mask;
        while (heads[slot] != 0) {
          slot = slot + 1 & mask;
        }
        heads[slot] = head;
      }
    }
  }

  int size() {
    return size;
  }

  /** The rows' words; a configuration begins at row × length. */
  long[] rows() {
    return rows;
  }

  /** Forgets everything, and keeps the room. */
  void clear() {
    if (heads.length > 64 && groups < heads.length / 8) {
      heads = new int[64];
    } else {
      Arrays.fill(heads, 0);
    }
    groups = 0;
    size = 0;
  }

  /** What this holds in memory, and may while it grows; it never grows past two billion words. */
  long bytes() {
    boolean full = 2L * rows.length > Integer.MAX_VALUE - 8;
    return full
        ? Long.MAX_VALUE / 2
        : 3 * (8L * rows.length + 4L * older.length + 4L * heads.length);
  }
}
