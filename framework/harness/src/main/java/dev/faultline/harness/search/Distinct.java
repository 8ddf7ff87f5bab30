package dev.faultline.harness.search;

import java.util.Arrays;

/**
 * How many different hashes there were, in bounded memory: exactly up to a number, and beyond that
 * estimated from the smallest, within about one percent. Which are kept does not depend on the
 * order in which they came, so parts of a search can be added up.
 *
 * @see "Bar-Yossef et al., Counting Distinct Elements in a Data Stream, RANDOM 2002"
 */
public final class Distinct {
  /** Hashes kept, the smallest. */
  private static final int KEPT = 1 << 15;

  private long[] table = new long[64];
  private int size;

  /** Hashes above it, unsigned, are not among the smallest. */
  private long bound = -1;

  void add(long hash) {
    long value = hash == 0 ? 1 : hash;
    if (Long.compareUnsigned(value, bound) <= 0 && put(table, value)) {
      size++;
      if (size > 2 * KEPT) {
        keep();
      } else if (size * 2 > table.length) {
        grow();
      }
    }
  }

  void addAll(Distinct other) {
    for (long value : other.table) {
      if (value != 0) {
        add(value);
      }
    }
  }

  private static boolean put(long[] table, long value) {
    int at = (int) (value >>> 7) & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == value) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = value;
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long value : table) {
      if (value != 0) {
        put(larger, value);
      }
    }
    table = larger;
  }

  private void keep() {
    long[] smallest = smallest();
    Arrays.fill(table, 0);
    for (long value : smallest) {
      put(table, value);
    }
    size = smallest.length;
    bound = smallest[size - 1];
  }

  /** The hashes that are kept, ascending as unsigned numbers. */
  long[] smallest() {
    long[] values = Arrays.stream(table).filter(v -> v != 0).map(v -> v + Long.MIN_VALUE).toArray();
    Arrays.sort(values);
    long[] smallest = Arrays.copyOf(values, Math.min(values.length, KEPT));
    for (int i = 0; i < smallest.length; i++) {
      smallest[i] += Long.MIN_VALUE;
    }
    return smallest;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** How many there were; see {@link #isExact()}. */
  public long count() {
    if (size < KEPT) {
      return size;
    }
    double largest = (smallest()[KEPT - 1] >>> 1) / (double) Long.MAX_VALUE;
    return Math.round((KEPT - 1) / largest);
  }

  /** Whether the count is one, and no estimate. */
  public boolean isExact() {
    return size < KEPT;
  }

  Distinct copy() {
    Distinct copy = new Distinct();
    copy.addAll(this);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Distinct distinct && Arrays.equals(smallest(), distinct.smallest());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(smallest());
  }

  @Override
  public String toString() {
    return (isExact() ? "" : "about ") + count() + " distinct";
  }
}
