package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through calls and returns in their order and places each call as late as its return allows.
 * Where what may follow what is fixed but for calls that can stand for each other, nothing is
 * gained by being earlier: of two that can stand for each other the one that returns first goes
 * first, and if even so a call finds no place, no order has one.
 */
abstract class Sweep {
  /** More calls than these, or later lines, do not fit into one {@code long} together. */
  static final int BITS = 24;

  static final int MOST = 1 << BITS;

  static final long LATEST = 1L << 38;

  final List<Call> calls;

  /** When each must have been placed; never for one that may be left out. */
  final long[] returned;

  private final int[] order;
  private final boolean[] placed;
  private int size;

  Sweep(List<Call> calls) {
    this.calls = calls;
    this.returned = new long[calls.size()];
    this.order = new int[calls.size()];
    this.placed = new boolean[calls.size()];
    for (int i = 0; i < returned.length; i++) {
      returned[i] = returned(calls.get(i));
    }
  }

  /** Whether so many calls, with such numbers of their lines, can be swept. */
  static boolean fits(List<Call> calls) {
    if (calls.size() >= MOST) {
      return false;
    }
    for (Call call : calls) {
      Operation op = call.operation();
      if (op.invoked() >= LATEST || (call.known() && op.returned() >= LATEST)) {
        return false;
      }
    }
    return true;
  }

  static long returned(Call call) {
    return call.known() ? call.operation().returned() : Operation.NEVER;
  }

  /** From now on it may be placed; false if it is too late for it already. */
  abstract boolean invoked(int call);

  /** It must be placed now; false if it cannot be. */
  abstract boolean due(int call);

  final void place(int call) {
    placed[call] = true;
    order[size++] = call;
  }

  final boolean placed(int call) {
    return placed[call];
  }

  /** The call for which there was no place; null if all have one. */
  final @Nullable Call stuck() {
    long[] returns = new long[returned.length];
    int known = 0;
    for (int i = 0; i < returned.length; i++) {
      if (returned[i] != Operation.NEVER) {
        returns[known++] = returned[i] * MOST | i;
      }
    }
    Packed.sort(returns, known, BITS);
    int next = 0;
    for (int i = 0; i <= returned.length; i++) {
      long time =
          i == returned.length ? Operation.NEVER : calls.get(i).operation().invoked() * MOST;
      for (; next < known && returns[next] < time; next++) {
        int call = (int) (returns[next] & (MOST - 1));
        if (!placed[call] && !due(call)) {
          return calls.get(call);
        }
      }
      if (i < returned.length && !invoked(i)) {
        return calls.get(i);
      }
    }
    return null;
  }

  final List<Call> order() {
    List<Call> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(calls.get(order[i]));
    }
    return list;
  }

  /** What came of it; a call that got stuck has no place, whatever returned later. */
  final Answer answer() {
    Call stuck = stuck();
    return stuck == null ? new Answer.Ordered(order()) : new Answer.Impossible(calls, stuck);
  }
}
