package dev.faultline.checker.monitor;

/** How many spans cover each of a row of places; finds one that none does, in O(log n). */
final class Cover {
  private final int width;

  /** By node of a tree: spans that cover all below it and not all below the node above. */
  private final int[] all;

  /** By node: the fewest that cover one below it, without those that cover all of a node above. */
  private final int[] least;

  /** A row whose places are covered so often. */
  Cover(int[] counts) {
    int leaves = 1;
    while (leaves < counts.length) {
      leaves *= 2;
    }
    this.width = leaves;
    this.all = new int[2 * leaves];
    this.least = new int[2 * leaves];
    for (int i = 0; i < leaves; i++) {
      // What is past the row is never free.
      least[leaves + i] = i < counts.length ? counts[i] : Integer.MAX_VALUE / 2;
    }
    for (int node = leaves - 1; node > 0; node--) {
      least[node] = Math.min(least[2 * node], least[2 * node + 1]);
    }
  }

  /** Adds spans, or takes them away, from a place to before another. */
  void add(int from, int to, int count) {
    int left = from + width;
    int right = to + width;
    if (left >= right) {
      return;
    }
    int first = left;
    int last = right - 1;
    for (; left < right; left >>= 1, right >>= 1) {
      if ((left & 1) == 1) {
        cover(left++, count);
      }
      if ((right & 1) == 1) {
        cover(--right, count);
      }
    }
    mend(first);
    mend(last);
  }

  private void cover(int node, int count) {
    all[node] += count;
    least[node] += count;
  }

  private void mend(int leaf) {
    for (int node = leaf >> 1; node > 0; node >>= 1) {
      least[node] = Math.min(least[2 * node], least[2 * node + 1]) + all[node];
    }
  }

  /** The first place that nothing covers, from one to before another; -1 if there is none. */
  int free(int from, int to) {
    return from < to ? free(1, 0, width, from, to, 0) : -1;
  }

  private int free(int node, int begin, int end, int from, int to, int above) {
    if (to <= begin || end <= from || least[node] + above > 0) {
      return -1;
    }
    if (end - begin == 1) {
      return begin;
    }
    int middle = (begin + end) >>> 1;
    int deeper = above + all[node];
    int left = free(2 * node, begin, middle, from, to, deeper);
    return left >= 0 ? left : free(2 * node + 1, middle, end, from, to, deeper);
  }
}
