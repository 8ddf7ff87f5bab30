package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import java.util.Arrays;
import java.util.List;

/**
 * The invocations and returns of calls, numbered in their order from 0; an invocation before a
 * return of the same time, as they do not precede each other. Moment t is what lies between event t
 * and the next.
 */
final class Moments {
  /** How many events there are: later than all of them. */
  final int end;

  /** By call: the event of its invocation. */
  final int[] invoked;

  /** By call: the event of its return; {@link #end} + 1 if that is not known. */
  final int[] returned;

  /** By event: its call. */
  final int[] call;

  /**
   * Numbers the events.
   *
   * @param calls such that {@link Sweep#fits}, in the order of invocation
   */
  Moments(List<Call> calls) {
    int n = calls.size();
    this.invoked = new int[n];
    this.returned = new int[n];
    long[] returns = new long[n];
    int known = 0;
    for (int i = 0; i < n; i++) {
      Call one = calls.get(i);
      if (one.known()) {
        returns[known++] = one.operation().returned() * Sweep.MOST | i;
      }
    }
    Packed.sort(returns, known, Sweep.BITS);
    this.end = n + known;
    this.call = new int[end];
    Arrays.fill(returned, end + 1);
    int event = 0;
    int next = 0;
    for (int i = 0; i <= n; i++) {
      long time = i == n ? Operation.NEVER : calls.get(i).operation().invoked() * Sweep.MOST;
      for (; next < known && returns[next] < time; next++) {
        int one = (int) (returns[next] & (Sweep.MOST - 1));
        call[event] = one;
        returned[one] = event++;
      }
      if (i < n) {
        call[event] = i;
        invoked[i] = event++;
      }
    }
  }
}
