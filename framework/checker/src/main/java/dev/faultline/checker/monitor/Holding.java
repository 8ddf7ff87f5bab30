package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import java.util.Arrays;
import java.util.List;

/**
 * Calls that change who holds something, in the order that they must have, and calls that saw
 * somebody hold it. Gives each a moment: what makes it held is as early as it can be, what frees it
 * as late, so that it is held for as long as any order allows.
 */
final class Holding {
  static final int NOBODY = -1;

  private final List<Call> calls;
  private final Points points;
  private int[] row;
  private int[] holder;
  private long[] at;
  private long[] least;
  private long[] ends;
  private int size;

  Holding(List<Call> calls) {
    this.calls = calls;
    this.points = new Points(calls);
    this.row = new int[calls.size()];
    this.holder = new int[calls.size()];
    this.at = new long[calls.size()];
    this.least = new long[calls.size()];
    this.ends = new long[calls.size()];
    Arrays.fill(ends, Operation.NEVER);
  }

  /**
   * Adds the next one.
   *
   * @param holder who holds it from then on
   * @param returned until when it must have taken effect
   */
  void add(int call, int holder, long returned) {
    row[size] = call;
    this.holder[size] = holder;
    at[size++] = returned;
  }

  /** Whoever holds it since the last one that was added does so until then at the latest. */
  void ends(long time) {
    ends[size - 1] = Math.min(ends[size - 1], time);
  }

  /** Gives all of them their moments; false if this cannot be their order. */
  boolean settle() {
    long begun = -1;
    for (int k = 0; k < size; k++) {
      begun = Math.max(begun, calls.get(row[k]).operation().invoked());
      least[k] = begun;
    }
    long most = Operation.NEVER;
    for (int k = size - 1; k >= 0; k--) {
      most = Math.min(most, at[k]);
      if (least[k] > most) {
        return false;
      }
      boolean last = k == size - 1;
      long latest = Math.min(most, last ? Sweep.LATEST : least[k + 1]);
      at[k] = holder[k] != NOBODY ? least[k] : latest;
      if (!last) {
        ends[k] = Math.min(ends[k], at[k + 1]);
      }
      points.put(row[k], at[k], 2 * k + 1);
    }
    return true;
  }

  /** The last one before a moment; -1 for none. */
  private int before(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The call saw that somebody but one held it; false if that cannot be. */
  boolean seesHeld(int call, int but) {
    Operation op = calls.get(call).operation();
    for (int k = Math.max(0, before(op.invoked())); k < size; k++) {
      if (at[k] > op.returned()) {
        return false;
      }
      long moment = Math.max(at[k], op.invoked());
      if (holder[k] != NOBODY && holder[k] != but && moment <= ends[k]) {
        points.put(call, moment, 2 * k + 2);
        return true;
      }
    }
    return false;
  }

  /** The call saw that it was not its own, from the moment after one of those in the row on. */
  void sees(int call, long since) {
    long moment = Math.max(since, calls.get(call).operation().invoked());
    points.put(call, moment, 2 * before(moment) + 2);
  }

  /** When the hold that one of the row began, or went on with, is over. */
  long ended(int k) {
    return ends[k];
  }

  long at(int k) {
    return at[k];
  }

  int size() {
    return size;
  }

  List<Call> order() {
    return points.order();
  }
}
