package dev.faultline.checker.linear;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Whom an order may name once, and whom it must. As large as what it holds, wherever in a history
 * that stands: a part of a hundred operations among millions needs no more than a hundred places.
 */
final class Roll {
  private final int[] ids;
  private final BitSet may;
  private final BitSet must;
  private int size;

  /** With room for so many. */
  Roll(int most) {
    ids = new int[most];
    may = new BitSet(most);
    must = new BitSet(most);
  }

  /** Adds an operation; ids rise. */
  void add(int id, boolean isNeeded) {
    if (size > 0 && id <= ids[size - 1]) {
      throw new IllegalArgumentException(
          "operation %d after operation %d".formatted(id, ids[size - 1]));
    }
    may.set(size);
    must.set(size, isNeeded);
    ids[size++] = id;
  }

  /** Takes one off; false if it is not there, or not any more. */
  boolean take(int id) {
    int at = Arrays.binarySearch(ids, 0, size, id);
    if (at < 0 || !may.get(at)) {
      return false;
    }
    may.clear(at);
    must.clear(at);
    return true;
  }

  /** The first that is needed and was not taken; −1 if there is none. */
  int missing() {
    int at = must.nextSetBit(0);
    return at < 0 ? -1 : ids[at];
  }
}
