package dev.faultline.checker.monitor;

import java.util.Arrays;

/** A row of values with three times each; finds by them in O(log n), and can drop some. */
final class Bounds {
  private final int width;
  private final int[] begun;
  private final int[] gone;
  private final int[] leaving;

  Bounds(int size) {
    int leaves = 1;
    while (leaves < size) {
      leaves *= 2;
    }
    this.width = leaves;
    this.begun = new int[2 * leaves];
    this.gone = new int[2 * leaves];
    this.leaving = new int[2 * leaves];
    Arrays.fill(begun, Integer.MAX_VALUE);
    Arrays.fill(gone, -1);
    Arrays.fill(leaving, -1);
  }

  /** Sets one before the first look; then {@link #build}. */
  void set(int place, int begins, int leaves, int goes) {
    begun[width + place] = begins;
    leaving[width + place] = leaves;
    gone[width + place] = goes;
  }

  void build() {
    for (int node = width - 1; node > 0; node--) {
      join(node);
    }
  }

  void put(int place, int begins, int leaves, int goes) {
    set(place, begins, leaves, goes);
    for (int node = (width + place) >> 1; node > 0; node >>= 1) {
      join(node);
    }
  }

  void drop(int place) {
    put(place, Integer.MAX_VALUE, -1, -1);
  }

  private void join(int node) {
    begun[node] = Math.min(begun[2 * node], begun[2 * node + 1]);
    gone[node] = Math.max(gone[2 * node], gone[2 * node + 1]);
    leaving[node] = Math.max(leaving[2 * node], leaving[2 * node + 1]);
  }

  /** When the last leaves of those from a place to before another; -1 if there are none. */
  int lastLeaving(int from, int to) {
    int last = -1;
    int left = from + width;
    int right = to + width;
    for (; left < right; left >>= 1, right >>= 1) {
      if ((left & 1) == 1) {
        last = Math.max(last, leaving[left++]);
      }
      if ((right & 1) == 1) {
        last = Math.max(last, leaving[--right]);
      }
    }
    return last;
  }

  /** The first in there that began before a time and went after another; -1 if there is none. */
  int around(int from, int to, int before, int after) {
    return around(1, 0, width, from, to, before, after);
  }

  private int around(int node, int begin, int end, int from, int to, int before, int after) {
    if (to <= begin || end <= from || begun[node] >= before || gone[node] <= after) {
      return -1;
    }
    if (end - begin == 1) {
      return begin;
    }
    int middle = (begin + end) >>> 1;
    int left = around(2 * node, begin, middle, from, to, before, after);
    return left >= 0 ? left : around(2 * node + 1, middle, end, from, to, before, after);
  }
}
