package dev.faultline.checker.linear;

import dev.faultline.checker.monitor.Packed;
import dev.faultline.history.Operation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds steps that need a state which cannot be there, however the rest is ordered: whoever made it
 * did so before something else, which certainly took effect, left another; or nobody made it by
 * then. A crashed step may take effect late, so it is a maker like any other that is still open.
 * This needs no search, and no crashed step has to be looked at twice.
 */
final class Orphans {
  private static final int BITS = 24;
  private static final long LATEST = 1L << 62 - BITS;
  private static final long NONE = -1;

  private final int size;
  private final int[] need;
  private final int[] make;
  private final long[] invoked;
  private final long[] returned;
  private int states = 1;

  private Orphans(List<Step> steps) {
    size = steps.size();
    need = new int[size];
    make = new int[size];
    invoked = new long[size];
    returned = new long[size];
    int i = 0;
    for (Step step : steps) {
      need[i] = step.need();
      make[i] = step.make() == step.need() ? Step.SAME : step.make();
      invoked[i] = step.invoked();
      returned[i++] = step.must() ? step.returned() : Operation.NEVER;
      states = Math.max(states, 1 + Math.max(step.need(), step.make()));
    }
  }

  /** The first of them to return; null if there is none. */
  static @Nullable Step first(List<Step> steps) {
    if (steps.size() >= 1 << BITS || !steps.stream().allMatch(Orphans::isEarly)) {
      return null;
    }
    int first = new Orphans(steps).first();
    return first < 0 ? null : steps.get(first);
  }

  private static boolean isEarly(Step step) {
    return !step.must() || step.returned() < LATEST;
  }

  private int first() {
    // By state, who makes it, in the order of invocation; with each, the latest return so far.
    int[] begin = new int[states + 2];
    for (int m : make) {
      begin[m == Step.SAME ? 0 : m + 2]++;
    }
    begin[0] = 0;
    begin[1] = 0;
    for (int s = 2; s < begin.length; s++) {
      begin[s] += begin[s - 1];
    }
    long[] since = new long[begin[states + 1]];
    long[] until = new long[since.length];
    for (int i = 0; i < size; i++) {
      if (make[i] != Step.SAME) {
        int at = begin[make[i] + 1]++;
        since[at] = invoked[i];
        until[at] = returned[i];
      }
    }
    for (int s = 0; s < states; s++) {
      for (int at = begin[s] + 1; at < begin[s + 1]; at++) {
        until[at] = Math.max(until[at], until[at - 1]);
      }
    }
    long[] shows = shows();
    int next = 0;
    // Of those that returned by now: the latest invocation, of which state; and of another state.
    long latest = NONE;
    int latestState = -1;
    long second = NONE;
    int first = -1;
    for (int i = 0; i < size; i++) {
      for (; next < shows.length && shows[next] >>> BITS < invoked[i]; next++) {
        int show = (int) shows[next] & ((1 << BITS) - 1);
        int state = make[show] == Step.SAME ? need[show] : make[show];
        if (state == latestState) {
          latest = Math.max(latest, invoked[show]);
        } else if (invoked[show] > latest) {
          second = latest;
          latest = invoked[show];
          latestState = state;
        } else {
          second = Math.max(second, invoked[show]);
        }
      }
      int state = need[i];
      if (state == Step.ANY || returned[i] == Operation.NEVER) {
        continue;
      }
      long other = state == latestState ? second : latest;
      boolean initial = state == 0 && other == NONE;
      if (!initial
          && latestReturn(since, until, begin[state], begin[state + 1], returned[i]) <= other
          && (first < 0 || returned[i] < returned[first])) {
        first = i;
      }
    }
    return first;
  }

  /** What surely took effect and shows a state, by return. */
  private long[] shows() {
    long[] shows = new long[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      boolean tells = make[i] != Step.SAME || need[i] != Step.ANY;
      if (returned[i] != Operation.NEVER && tells) {
        shows[count++] = returned[i] << BITS | i;
      }
    }
    Packed.sort(shows, count, BITS);
    return Arrays.copyOf(shows, count);
  }

  /** The latest return of those that were invoked before a time; {@link #NONE} of none. */
  private static long latestReturn(long[] since, long[] until, int from, int to, long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (since[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == from ? NONE : until[low - 1];
  }
}
