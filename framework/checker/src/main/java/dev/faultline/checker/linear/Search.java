package dev.faultline.checker.linear;

import java.util.Arrays;

/**
 * What may follow a configuration: just-in-time linearization (Lowe, "Testing for linearizability",
 * 2017). It goes from return to return. A call is placed at the latest when it returns; others are
 * placed before it only where that may help:
 *
 * <ul>
 *   <li>A call that must be placed and only looks is placed as soon as it fits: it stands in
 *       nobody's way.
 *   <li>A blind call (it makes one state of all) that is due while another blind one is placed
 *       becomes free: it may stand right before that one, where nobody sees it, or still later.
 *   <li>Of equal calls that are open, the one that returns first goes first; of those that crashed,
 *       the one invoked first, so that a count of them is all there is to know.
 *   <li>A call that was placed before its return is loose until something shows that it had to
 *       stand there. Right after a loose call nothing is placed that leads to the same state
 *       without it, if it may be left out and hides nobody (or both are blind); nor, before the
 *       next return, the returning call or one of a lower kind, if the two commute there.
 * </ul>
 *
 * <p>Why the last rule loses nothing: take an order, and where a pair breaks the rule, leave the
 * loose call out, or swap the two. A swap moves a call past the return at hand, or puts two kinds
 * in order; neither breaks precedence, since all are open. Each such step lowers, in this order:
 * how many calls are placed that need not be, how early calls stand, how many pairs are out of
 * order. So it ends, with an order that the rule allows.
 */
final class Search {
  /** Marks of a loose call: it may be left out; a return has passed since; and what it found. */
  private static final long OPTIONAL = 1L << 31;

  private static final long PASSED = 1L << 30;
  private static final int STATE = (1 << 30) - 1;

  final Layout layout;
  final Moves moves;
  final Shape shape;

  /** Calls in the order of their places; each with the return that came next. */
  long[] trail = new long[64];

  int trailSize;

  private final boolean again;

  /**
   * A search.
   *
   * @param again whether a crashed call may be placed as often as one likes: if even so there is no
   *     order, there is none, and there are far fewer configurations to look at
   */
  Search(Layout layout, Moves moves, boolean again) {
    this.layout = layout;
    this.moves = moves;
    this.again = again;
    this.shape = new Shape(layout, !again);
  }

  /** The configuration before everything. */
  void begin(long[] to, int at) {
    Arrays.fill(to, at, at + shape.length, 0);
    enter(to, at, 0);
    settle(to, at);
  }

  boolean isEnd(long[] a, int at) {
    return Shape.next(a, at) == layout.returns.length;
  }

  /** How many candidates there are to follow: the open calls that change something, the crashed. */
  int candidates(long[] a, int at) {
    int r = Shape.next(a, at);
    int all = layout.changesFrom[r + 1] - layout.changesFrom[r] + layout.crashed.length;
    return freeReturns(a, at, r) ? all + 1 : all;
  }

  /** Whether the call that returns next may be left where it was hidden; the last candidate. */
  private boolean freeReturns(long[] a, int at, int r) {
    return shape.free(a, at, layout.slot[layout.returns[r]]);
  }

  /** Where a candidate leads, see {@link Moves#next}; {@link Moves#NONE} if it may not follow. */
  int target(long[] a, int at, int candidate) {
    int r = Shape.next(a, at);
    int state = Shape.state(a, at);
    int from = layout.changesFrom[r];
    int open = layout.changesFrom[r + 1] - from;
    if (candidate < open) {
      int call = layout.changes[from + candidate];
      return goesFirst(a, at, from, candidate, call)
          ? moves.next(state, layout.kind[call])
          : Moves.NONE;
    }
    if (candidate == open + layout.crashed.length) {
      return state;
    }
    int[] calls = layout.crashed[candidate - open];
    int used = again ? 0 : shape.used(a, at, candidate - open);
    if (used == calls.length || layout.since[calls[used]] > r) {
      return Moves.NONE;
    }
    // One that changes nothing is of use only if it hides others.
    int kind = layout.kind[calls[used]];
    int to = moves.next(state, kind);
    return to == state && !layout.blind[kind] ? Moves.NONE : to;
  }

  private boolean goesFirst(long[] a, int at, int from, int candidate, int call) {
    boolean due = shape.due(a, at, layout.slot[call]);
    if (!due && !shape.free(a, at, layout.slot[call])) {
      return false;
    }
    int kind = layout.kind[call];
    for (int i = from; i < from + candidate; i++) {
      int other = layout.changes[i];
      if (layout.kind[other] == kind
          && (due ? shape.due(a, at, layout.slot[other]) : shape.free(a, at, layout.slot[other]))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Places a candidate, and goes on as far as nothing is to be chosen; false if the rules say that
   * this leads nowhere new.
   *
   * @param target the state that it leads to
   */
  boolean place(long[] a, int at, int candidate, int target, long[] to, int tt) {
    int r = Shape.next(a, at);
    int returning = layout.returns[r];
    int from = layout.changesFrom[r];
    int open = layout.changesFrom[r + 1] - from;
    System.arraycopy(a, at, to, tt, shape.length);
    if (candidate == open + layout.crashed.length) {
      shape.clearFree(to, tt, layout.slot[returning]);
      advance(to, tt);
      settle(to, tt);
      return true;
    }
    boolean crashed = candidate >= open;
    int c = candidate - open;
    int used = again || !crashed ? 0 : shape.used(a, at, c);
    int call = crashed ? layout.crashed[c][used] : layout.changes[from + candidate];
    boolean free = !crashed && shape.free(a, at, layout.slot[call]);
    boolean last = call == returning && !free;
    int kind = layout.kind[call];
    boolean idle = crashed && target == Shape.state(a, at);
    if ((idle && !layout.blind[kind]) || isIdle(a[at + shape.loose], kind, last, target)) {
      return false;
    }
    to[tt] = Shape.head(r, target);
    if (crashed) {
      if (!again) {
        to[tt + shape.word[c]] += shape.unit[c];
      }
    } else if (free) {
      shape.clearFree(to, tt, layout.slot[call]);
    } else {
      shape.clearDue(to, tt, layout.slot[call]);
    }
    if (call != returning && freeReturns(a, at, r)) {
      // Something stands here that could stand later, so it is for the returning call to follow.
      shape.clearFree(to, tt, layout.slot[returning]);
      shape.setDue(to, tt, layout.slot[returning]);
    }
    add(call, r);
    boolean hides = layout.blind[kind] && hide(to, tt, from, open);
    if (idle && !hides) {
      return false;
    }
    boolean optional = (crashed || free) && !hides;
    to[tt + shape.loose] = last || again ? 0 : loose(kind, optional, Shape.state(a, at));
    if (call == returning) {
      advance(to, tt);
    }
    settle(to, tt);
    return true;
  }

  /** Kind and one more, whether it may be left out, and the state that it found. */
  private static long loose(int kind, boolean optional, int found) {
    return (long) (kind + 1) << 32 | (optional ? OPTIONAL : 0) | found;
  }

  /** Whether the loose call could as well be left out, or stand after this one. */
  private boolean isIdle(long loose, int kind, boolean last, int target) {
    if (loose == 0) {
      return false;
    }
    int looseKind = (int) (loose >>> 32) - 1;
    int found = (int) loose & STATE;
    boolean here = (loose & PASSED) == 0;
    if (((loose & OPTIONAL) != 0 || (here && layout.blind[looseKind] && layout.blind[kind]))
        && moves.leads(found, kind, target)) {
      return true;
    }
    return here && (last || kind < looseKind) && moves.leads(found, kind, looseKind, target);
  }

  /** Blind calls that are due may stand right before the one just placed. */
  private boolean hide(long[] a, int at, int from, int open) {
    boolean any = false;
    for (int i = from; i < from + open; i++) {
      int call = layout.changes[i];
      if (layout.blind[layout.kind[call]] && shape.due(a, at, layout.slot[call])) {
        shape.clearDue(a, at, layout.slot[call]);
        shape.setFree(a, at, layout.slot[call]);
        any = true;
      }
    }
    return any;
  }

  private void enter(long[] a, int at, int r) {
    for (int i = layout.enter[r]; i < layout.enter[r + 1]; i++) {
      shape.setDue(a, at, layout.slot[layout.certain[i]]);
    }
  }

  private void advance(long[] a, int at) {
    int r = Shape.next(a, at) + 1;
    long loose = a[at + shape.loose];
    a[at + shape.loose] = (loose & OPTIONAL) == 0 ? 0 : loose | PASSED;
    a[at] = Shape.head(r, Shape.state(a, at));
    if (r < layout.returns.length) {
      enter(a, at, r);
    }
  }

  /** Places what only looks and fits, and goes on past the returns of what is placed. */
  private void settle(long[] a, int at) {
    while (true) {
      int r = Shape.next(a, at);
      if (r == layout.returns.length) {
        return;
      }
      int state = Shape.state(a, at);
      for (int i = layout.looksFrom[r]; i < layout.looksFrom[r + 1]; i++) {
        int call = layout.looks[i];
        if (shape.due(a, at, layout.slot[call])
            && moves.next(state, layout.kind[call]) != Moves.NONE) {
          shape.clearDue(a, at, layout.slot[call]);
          a[at + shape.loose] = 0;
          add(call, r);
        }
      }
      int slot = layout.slot[layout.returns[r]];
      if (shape.due(a, at, slot) || shape.free(a, at, slot)) {
        return;
      }
      advance(a, at);
    }
  }

  private void add(int call, int r) {
    if (trailSize == trail.length) {
      trail = Arrays.copyOf(trail, 2 * trailSize);
    }
    trail[trailSize++] = (long) call << 32 | r;
  }

  /** The calls of a trail in their order, with the blind ones that nobody saw. */
  int[] order(long[] placed, int size) {
    boolean[] is = new boolean[layout.kind.length];
    for (int i = 0; i < size; i++) {
      is[(int) (placed[i] >>> 32)] = true;
    }
    // An unseen call stands right before a blind one that was placed while it was open.
    int[][] before = new int[size][];
    int hidden = 0;
    for (int call : layout.certain) {
      if (!is[call]) {
        int at = hiding(placed, size, call);
        int[] others = before[at] == null ? new int[0] : before[at];
        before[at] = Arrays.copyOf(others, others.length + 1);
        before[at][others.length] = call;
        hidden++;
      }
    }
    int[] order = new int[size + hidden];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (before[i] != null) {
        for (int call : before[i]) {
          order[count++] = call;
        }
      }
      order[count++] = (int) (placed[i] >>> 32);
    }
    return order;
  }

  private int hiding(long[] placed, int size, int call) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((int) placed[middle] >= layout.since[call]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    for (int i = low; i < size && (int) placed[i] <= layout.until[call]; i++) {
      if (layout.blind[layout.kind[(int) (placed[i] >>> 32)]]) {
        return i;
      }
    }
    throw new IllegalStateException("no place for call " + call);
  }
}
