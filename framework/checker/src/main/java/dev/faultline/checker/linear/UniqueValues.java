package dev.faultline.checker.linear;

import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides without a search, in O(n log n), where each state is made by at most one step: a register
 * whose values are all different, compare-and-set too. Then each look at a state names the step
 * that made it, and a chain of a write, what looks at it, the compare-and-set that replaces it, and
 * so on, stands together in every order. A chain whose first return is before its last invocation
 * holds the object for certain in between (its zone); there is an order if no two zones overlap and
 * no chain without one must lie inside of another's.
 *
 * @see "Gibbons, Korach: Testing Shared Memories, SIAM J. Comput. 1997"
 */
final class UniqueValues {
  /** Room for a place in time and a chain's number in one {@code long}. */
  private static final int CHAIN_BITS = 27;

  private static final long LATEST = 1L << (62 - CHAIN_BITS);

  private final Step[] steps;
  private final int states;

  /** The step that makes a state; -1 for none. */
  private final int[] maker;

  private UniqueValues(List<Step> steps, int states, int[] maker) {
    this.steps = steps.toArray(Step[]::new);
    this.states = states;
    this.maker = maker;
  }

  /** The answer; null where values are not told apart and something else must decide. */
  static @Nullable Answer decide(List<Step> steps) {
    UniqueValues values = of(steps);
    if (values == null) {
      return null;
    }
    List<Step> order = values.order(Long.MAX_VALUE);
    return order == null ? new Answer.Stuck(values.firstStuck()) : new Answer.Ordered(order);
  }

  private static @Nullable UniqueValues of(List<Step> steps) {
    int states = 1;
    for (Step step : steps) {
      states = Math.max(states, 1 + Math.max(step.need(), step.make()));
    }
    if (steps.size() >= 1 << CHAIN_BITS) {
      return null;
    }
    int[] maker = new int[states];
    Arrays.fill(maker, -1);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      int made = step.make();
      boolean told =
          looks(step) ? step.need() != Step.ANY || !step.must() : made != 0 && maker[made] < 0;
      if (!told || step.invoked() >= LATEST || (step.must() && step.returned() >= LATEST)) {
        return null;
      }
      if (!looks(step)) {
        maker[made] = i;
      }
    }
    return new UniqueValues(steps, states, maker);
  }

  /** The step with whose return it became certain that there is no order. */
  private Step firstStuck() {
    List<Step> returned = new ArrayList<>();
    for (Step step : steps) {
      if (step.must()) {
        returned.add(step);
      }
    }
    returned.sort((a, b) -> Long.compare(a.returned(), b.returned()));
    int low = 0;
    int high = returned.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order(returned.get(middle).returned()) == null) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return returned.get(low);
  }

  /**
   * An order of what had returned at a time, and of what must have taken effect for that; null if
   * there is none.
   */
  private @Nullable List<Step> order(long time) {
    boolean[] placed = new boolean[steps.length];
    int count = mark(time, placed);
    // By state in the order of its chain; 0 for a state that nobody makes.
    int[] rank = new int[states];
    List<Chain> chains = new ArrayList<>();
    if (count < 0 || !rank(placed, rank, chains)) {
      return null;
    }
    int[] sorted = sorted(placed, count, rank);
    int begin = 0;
    for (Chain chain : chains) {
      chain.begin = begin;
      while (begin < count && rank[state(steps[sorted[begin]])] <= chain.lastRank) {
        if (!chain.take(steps[sorted[begin]], time)) {
          return null;
        }
        begin++;
      }
      chain.end = begin;
    }
    long[] places = places(chains);
    if (places == null) {
      return null;
    }
    Arrays.sort(places);
    List<Step> order = new ArrayList<>(count);
    for (long place : places) {
      Chain chain = chain(chains, place);
      for (int i = chain.begin; i < chain.end; i++) {
        order.add(steps[sorted[i]]);
      }
    }
    return order;
  }

  /** The state that a step makes, or else looks at. */
  private static int state(Step step) {
    return looks(step) ? step.need() : step.make();
  }

  /** It leaves the state as it finds it. */
  private static boolean looks(Step step) {
    return step.observes() || step.make() == step.need();
  }

  /** Marks what must have taken effect; how many those are, or -1 if one of them cannot have. */
  private int mark(long time, boolean[] placed) {
    int[] due = new int[steps.length];
    int size = 0;
    for (int i = 0; i < steps.length; i++) {
      if (steps[i].must() && steps[i].returned() <= time) {
        placed[i] = true;
        due[size++] = i;
      }
    }
    for (int i = 0; i < size; i++) {
      int need = steps[due[i]].need();
      if (need > 0) {
        int by = maker[need];
        if (by < 0 || steps[by].invoked() > time) {
          return -1;
        }
        if (!placed[by]) {
          placed[by] = true;
          due[size++] = by;
        }
      }
    }
    return size;
  }

  /**
   * Numbers the states along the chains; false if two steps replace the same state, or in a ring.
   */
  private boolean rank(boolean[] placed, int[] rank, List<Chain> chains) {
    int[] next = new int[states];
    int links = 0;
    for (int i = 0; i < steps.length; i++) {
      Step step = steps[i];
      if (placed[i] && !looks(step) && step.need() != Step.ANY) {
        if (next[step.need()] != 0) {
          return false;
        }
        next[step.need()] = step.make();
        links++;
      }
    }
    int last = 0;
    for (int first = 0; first < states; first++) {
      int by = maker[first];
      if (first != 0 && (by < 0 || !placed[by] || steps[by].need() != Step.ANY)) {
        continue;
      }
      rank[first] = ++last;
      for (int state = next[first]; state != 0; state = next[state]) {
        rank[state] = ++last;
        links--;
      }
      chains.add(new Chain(first == 0, last));
    }
    return links == 0;
  }

  /** The placed steps by the rank of their state, who made it first, the rest as invoked. */
  private int[] sorted(boolean[] placed, int count, int[] rank) {
    int[] begin = new int[2 * states + 3];
    for (int i = 0; i < steps.length; i++) {
      if (placed[i]) {
        begin[slot(i, rank) + 1]++;
      }
    }
    for (int i = 1; i < begin.length; i++) {
      begin[i] += begin[i - 1];
    }
    int[] sorted = new int[count];
    for (int i = 0; i < steps.length; i++) {
      if (placed[i]) {
        sorted[begin[slot(i, rank)]++] = i;
      }
    }
    return sorted;
  }

  private int slot(int i, int[] rank) {
    return 2 * rank[state(steps[i])] + (looks(steps[i]) ? 1 : 0);
  }

  /** A place in time for each chain that has steps, with its number; null if there is none. */
  private static long @Nullable [] places(List<Chain> chains) {
    long[] zones = new long[chains.size()];
    int forward = 0;
    int all = 0;
    for (int c = 0; c < zones.length; c++) {
      Chain chain = chains.get(c);
      all += chain.begin < chain.end ? 1 : 0;
      if (chain.begin < chain.end && chain.hi < chain.lo) {
        zones[forward++] = place(chain.hi, c);
      }
    }
    zones = Arrays.copyOf(zones, forward);
    Arrays.sort(zones);
    long[] places = Arrays.copyOf(zones, all);
    for (int i = 1; i < forward; i++) {
      if (chain(chains, zones[i]).hi < chain(chains, zones[i - 1]).lo) {
        return null;
      }
    }
    for (int c = 0; c < chains.size(); c++) {
      Chain chain = chains.get(c);
      if (chain.begin < chain.end && chain.hi >= chain.lo) {
        int at = Arrays.binarySearch(zones, place(chain.lo, c));
        // The last zone that begins before it.
        int before = (at < 0 ? -at - 1 : at) - 1;
        long inside = before < 0 ? -1 : chain(chains, zones[before]).lo;
        if (inside > chain.hi) {
          return null;
        }
        places[forward++] = place(Math.max(chain.lo, inside), c);
      }
    }
    return places;
  }

  private static long place(long time, int chain) {
    return (time + 1) << CHAIN_BITS | chain;
  }

  private static Chain chain(List<Chain> chains, long place) {
    return chains.get((int) (place & ((1L << CHAIN_BITS) - 1)));
  }

  /** What stands together: its steps from {@code begin} to {@code end} in the sorted ones. */
  private static final class Chain {
    final int lastRank;
    int begin;
    int end;

    /** Its first return; the first state was made before everything. */
    long hi;

    /** Its last invocation. */
    long lo = -1;

    Chain(boolean first, int lastRank) {
      this.hi = first ? -1 : Operation.NEVER;
      this.lastRank = lastRank;
    }

    /** Adds its next step; false if that returned before an earlier one was invoked. */
    boolean take(Step step, long time) {
      long returned = step.must() && step.returned() <= time ? step.returned() : Operation.NEVER;
      lo = Math.max(lo, step.invoked());
      hi = Math.min(hi, returned);
      return returned >= lo;
    }
  }
}
