package dev.faultline.checker.monitor;

import dev.faultline.checker.Budget;
import dev.faultline.history.Operation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides without a search, in O(n log n), where each state is made by at most one step: a register
 * whose values are all different, compare-and-set too. Then each look at a state names the step
 * that made it, and a chain of a write, what looks at it, the compare-and-set that replaces it, and
 * so on, stands together in every order. A chain whose first return is before its last invocation
 * holds the object for certain in between (its zone); there is an order if no two zones overlap and
 * no chain without one must lie inside of another's.
 *
 * <p>Steps are numbered as they are added, in the order of invocation. States are small numbers; at
 * first it is 0, which no step may make.
 *
 * @see "Gibbons, Korach: Testing Shared Memories, SIAM J. Comput. 1997"
 */
public final class Chains {
  /** For {@code need}: whatever the state. */
  public static final int ANY = -1;

  /** For {@code make}: the state stays. */
  public static final int SAME = -1;

  private final int[] need;
  private final int[] make;
  private final long[] invoked;
  private final long[] returned;
  private int size;
  private int states = 1;

  /** The step that makes a state; -1 for none. */
  private int[] maker = new int[0];

  private final @Nullable Budget budget;

  /** Room for so many steps. */
  public Chains(int most) {
    this(most, null);
  }

  /** Room for so many steps; what takes time may end with {@link Budget.Spent}. */
  public Chains(int most, @Nullable Budget budget) {
    this.budget = budget;
    need = new int[most];
    make = new int[most];
    invoked = new long[most];
    returned = new long[most];
  }

  /**
   * Adds the next step.
   *
   * @param need the state that it must find, or {@link #ANY}
   * @param make the state that it leaves, or {@link #SAME}
   * @param returned {@link Operation#NEVER} if it may be left out
   */
  public void add(int need, int make, long invoked, long returned) {
    this.need[size] = need;
    this.make[size] = make == need ? SAME : make;
    this.invoked[size] = invoked;
    this.returned[size++] = returned;
    states = Math.max(states, 1 + Math.max(need, make));
  }

  /** Whether each state is made by one step at most, so that this can decide. */
  public boolean suited() {
    if (size >= Zones.MOST) {
      return false;
    }
    poll(Operation.NEVER);
    boolean[] needed = new boolean[states];
    for (int i = 0; i < size; i++) {
      if (need[i] != ANY) {
        needed[need[i]] = true;
      }
    }
    maker = new int[states];
    Arrays.fill(maker, -1);
    for (int i = 0; i < size; i++) {
      boolean must = returned[i] != Operation.NEVER;
      if (!must && (make[i] == SAME || !needed[make[i]])) {
        continue; // Nobody misses it.
      }
      if (make[i] != SAME && !needed[make[i]] && (make[i] == 0 || maker[make[i]] >= 0)) {
        // Nobody finds it, so it may have any name.
        make[i] = states++;
        if (states > maker.length) {
          int before = maker.length;
          maker = Arrays.copyOf(maker, 2 * before);
          Arrays.fill(maker, before, maker.length, -1);
        }
      }
      boolean told = make[i] == SAME ? need[i] != ANY : make[i] != 0 && maker[make[i]] < 0;
      if (!told || invoked[i] >= Zones.LATEST || (must && returned[i] >= Zones.LATEST)) {
        return false;
      }
      if (make[i] != SAME) {
        maker[make[i]] = i;
      }
    }
    return true;
  }

  /** Ends it with the budget, unless it is known already that there is no order. */
  private void poll(long time) {
    if (budget != null && time == Operation.NEVER) {
      budget.poll();
    }
  }

  /**
   * The step with whose return it became certain that there is no order; a later one, if the budget
   * ends before that is known.
   */
  public int stuck() {
    long[] returns = new long[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (returned[i] != Operation.NEVER) {
        returns[count++] = returned[i];
      }
    }
    Arrays.sort(returns, 0, count);
    int low = 0;
    int high = count - 1;
    while (low < high && (budget == null || budget.exhausted(0) == null)) {
      int middle = (low + high) >>> 1;
      if (order(returns[middle]) == null) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    for (int i = 0; i < size; i++) {
      if (returned[i] == returns[high]) {
        return i;
      }
    }
    throw new IllegalStateException("nothing returned");
  }

  /** An order of all steps that must be placed and of those that they need; null for none. */
  public int @Nullable [] order() {
    return order(Operation.NEVER);
  }

  /** The same, for what had returned at a time. */
  private int @Nullable [] order(long time) {
    poll(time);
    boolean[] placed = new boolean[size];
    int count = mark(time, placed);
    // By state in the order of its chain; 0 for a state that nobody makes.
    int[] rank = new int[states];
    int[] lastRank = count < 0 ? null : rank(placed, rank);
    if (lastRank == null) {
      return null;
    }
    poll(time);
    int[] sorted = sorted(placed, count, rank);
    poll(time);
    int chains = lastRank.length;
    int[] begin = new int[chains + 1];
    // Of each chain: its first return, its last invocation. The first state was made before all.
    long[] hi = new long[chains];
    long[] lo = new long[chains];
    int at = 0;
    for (int c = 0; c < chains; c++) {
      begin[c] = at;
      hi[c] = c == 0 ? -1 : Operation.NEVER;
      lo[c] = -1;
      for (; at < count && rank[state(sorted[at])] <= lastRank[c]; at++) {
        int i = sorted[at];
        long end = returned[i] <= time ? returned[i] : Operation.NEVER;
        lo[c] = Math.max(lo[c], invoked[i]);
        hi[c] = Math.min(hi[c], end);
        if (end < lo[c]) {
          return null;
        }
      }
    }
    begin[chains] = at;
    poll(time);
    int[] places = Zones.order(begin, hi, lo);
    if (places == null) {
      return null;
    }
    int[] order = new int[count];
    int next = 0;
    for (int c : places) {
      for (int i = begin[c]; i < begin[c + 1]; i++) {
        order[next++] = sorted[i];
      }
    }
    return order;
  }

  /** The state that a step makes, or else looks at. */
  private int state(int step) {
    return make[step] == SAME ? need[step] : make[step];
  }

  /** Marks what must have taken effect; how many those are, or -1 if one of them cannot have. */
  private int mark(long time, boolean[] placed) {
    int[] due = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (returned[i] != Operation.NEVER && returned[i] <= time) {
        placed[i] = true;
        due[count++] = i;
      }
    }
    for (int i = 0; i < count; i++) {
      int state = need[due[i]];
      if (state > 0) {
        int by = maker[state];
        if (by < 0 || invoked[by] > time) {
          return -1;
        }
        if (!placed[by]) {
          placed[by] = true;
          due[count++] = by;
        }
      }
    }
    return count;
  }

  /**
   * Numbers the states along the chains; the last number of each chain, that of the first state
   * first. Null if two steps replace the same state, or in a ring.
   */
  private int @Nullable [] rank(boolean[] placed, int[] rank) {
    int[] next = new int[states];
    int links = 0;
    for (int i = 0; i < size; i++) {
      if (placed[i] && make[i] != SAME && need[i] != ANY) {
        if (next[need[i]] != 0) {
          return null;
        }
        next[need[i]] = make[i];
        links++;
      }
    }
    int[] lastRank = new int[states];
    int chains = 0;
    int last = 0;
    for (int first = 0; first < states; first++) {
      int by = maker[first];
      if (first != 0 && (by < 0 || !placed[by] || need[by] != ANY)) {
        continue;
      }
      rank[first] = ++last;
      for (int state = next[first]; state != 0; state = next[state]) {
        rank[state] = ++last;
        links--;
      }
      lastRank[chains++] = last;
    }
    return links == 0 ? Arrays.copyOf(lastRank, chains) : null;
  }

  /** The placed steps by the rank of their state, who made it first, the rest as invoked. */
  private int[] sorted(boolean[] placed, int count, int[] rank) {
    int[] begin = new int[2 * states + 3];
    for (int i = 0; i < size; i++) {
      if (placed[i]) {
        begin[slot(i, rank) + 1]++;
      }
    }
    for (int i = 1; i < begin.length; i++) {
      begin[i] += begin[i - 1];
    }
    int[] sorted = new int[count];
    for (int i = 0; i < size; i++) {
      if (placed[i]) {
        sorted[begin[slot(i, rank)]++] = i;
      }
    }
    return sorted;
  }

  private int slot(int i, int[] rank) {
    return 2 * rank[state(i)] + (make[i] == SAME ? 1 : 0);
  }
}
