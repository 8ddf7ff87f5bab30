package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stack of values that are put in once each; exact, in O(n log n) as long as not many pushes are
 * open at a time.
 *
 * <p>Takes a group of values apart. At a moment when none of them is certainly inside, it parts
 * them into those who were inside before and the rest, whose calls can all come later. If there is
 * no such moment, the stack is never empty from their first push to their last pop, so one value
 * lies under all others: one whose push may be the first call and whose pop the last, and each of
 * whose looks has a moment at which no other is certainly inside. Any such one will do, for around
 * any order of the others it has its place. What is left is a smaller group; if there is no such
 * value, the group has no order.
 *
 * @see "Lee, Mathur: Efficient Decrease-and-Conquer Linearizability Monitoring, 2024"
 */
final class Lifo {
  private static final Lives.Names NAMES = new Lives.Names("push", "pop", "peek");
  private static final int NONE = Lives.NONE;

  private final Lives lives;
  private final Moments moments;

  /** The values in the order of the events by which they are inside. */
  private final int[] row;

  /** By moment: how many values are inside, or were. */
  private final int[] until;

  private final Bounds bounds;
  private final Cover cover;

  /** By place in the row: itself or a place after it before which all are done. */
  private final int[] next;

  /** By place + 1: likewise before it. */
  private final int[] previous;

  /** What is still to do, the next at the end: a call, or the ends of a group. */
  private int[] todo = new int[64];

  private int todos;
  private final List<Call> order;

  Lifo(Lives lives) {
    this.lives = lives;
    this.moments = lives.moments;
    this.row = new int[lives.size];
    this.until = new int[moments.end + 1];
    this.order = new ArrayList<>(lives.calls.size());
    int size = row();
    this.next = new int[size + 1];
    this.previous = new int[size + 1];
    this.bounds = new Bounds(size);
    int[] counts = new int[size + 1];
    for (int i = 0; i < size; i++) {
      int v = row[i];
      next[i] = i;
      previous[i + 1] = i + 1;
      bounds.set(i, lives.begun[v], lives.leaving[v], gone(v));
      if (i + 1 < covers(i)) {
        counts[i + 1]++;
        counts[covers(i)]--;
      }
    }
    next[size] = size;
    bounds.build();
    for (int i = 1; i <= size; i++) {
      counts[i] += counts[i - 1];
    }
    this.cover = new Cover(Arrays.copyOf(counts, Math.max(size, 1)));
  }

  static Answer decide(List<Call> calls) {
    return decide(calls, NAMES);
  }

  static Answer decide(List<Call> calls, Lives.Names names) {
    Answer unsuited = Lives.unsuited(calls, names);
    return unsuited != null ? unsuited : Core.of(calls, part -> attempt(part, names));
  }

  private static Answer attempt(List<Call> calls, Lives.Names names) {
    Lives lives = Lives.of(calls, names);
    return Takers.answer(lives, Takers.Gives.OTHER, () -> new Lifo(lives).answer());
  }

  /** Fills the row; how many values there are in it. */
  private int row() {
    int[] inside = new int[moments.end];
    Arrays.fill(inside, NONE);
    for (int v = 0; v < lives.size; v++) {
      if (lives.put[v] != NONE) {
        inside[lives.inside[v]] = v;
      }
    }
    int size = 0;
    for (int t = 0; t < moments.end; t++) {
      if (inside[t] != NONE) {
        row[size++] = inside[t];
      }
      until[t] = size;
    }
    until[moments.end] = size;
    return size;
  }

  /** When the value's take returns. */
  private int gone(int v) {
    return lives.take[v] == NONE ? moments.end + 1 : moments.returned[lives.take[v]];
  }

  /** Where those end that come inside after it and before it leaves. */
  private int covers(int place) {
    return until[lives.leaving[row[place]] - 1];
  }

  Answer answer() {
    int[] free = lives.free();
    long[] cuts = new long[lives.empties.length];
    for (int e = 0; e < cuts.length; e++) {
      int call = lives.empties[e];
      int moment = free[moments.invoked[call]];
      if (moment >= moments.returned[call]) {
        return lives.covered(call);
      }
      cuts[e] = (long) until[moment] << 32 | call;
    }
    cut(0, next.length - 1, cuts);
    while (todos > 0) {
      int last = todo[--todos];
      if (last < 0) {
        order.add(lives.calls.get(-1 - last));
        continue;
      }
      int from = todo[--todos];
      if (!part(from, last)) {
        return lives.impossible(values(from, last));
      }
    }
    return new Answer.Ordered(order);
  }

  /** Parts a group at places and has a call between the parts; each place with its call. */
  private void cut(int from, int to, long[] cuts) {
    Arrays.sort(cuts);
    int end = to;
    for (int i = cuts.length - 1; i >= 0; i--) {
      int place = (int) (cuts[i] >> 32);
      group(place, end);
      push(-1 - (int) cuts[i]);
      end = place;
    }
    group(from, end);
  }

  private void group(int from, int to) {
    if (from < to) {
      push(from);
      push(to);
    }
  }

  private void push(int what) {
    if (todos == todo.length) {
      todo = Arrays.copyOf(todo, 2 * todos);
    }
    todo[todos++] = what;
  }

  /** Takes a group apart by one step; false if it has no order. */
  private boolean part(int from, int to) {
    int first = find(next, from);
    if (first >= to) {
      return true;
    }
    int last = find(previous, to) - 1;
    int free = cover.free(first + 1, last + 1);
    if (free >= 0) {
      group(free, to);
      group(from, free);
      return true;
    }
    int before = lives.inside[row[first]];
    int after = bounds.lastLeaving(first, last + 1);
    for (int at = first; at <= last; at++) {
      at = bounds.around(at, last + 1, before, after);
      if (at < 0) {
        return false;
      }
      if (under(at, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Puts a value under all others of the group; false if that cannot be. */
  private boolean under(int place, int from, int to) {
    int v = row[place];
    bounds.drop(place);
    cover.add(place + 1, covers(place), -1);
    long[] cuts = new long[lives.lookFrom[v + 1] - lives.lookFrom[v]];
    for (int i = 0; i < cuts.length; i++) {
      int look = lives.looks[lives.lookFrom[v] + i];
      int at = alone(look, from, to);
      if (at < 0) {
        bounds.put(place, lives.begun[v], lives.leaving[v], gone(v));
        cover.add(place + 1, covers(place), 1);
        return false;
      }
      cuts[i] = (long) at << 32 | look;
    }
    next[place] = place + 1;
    previous[place + 1] = place;
    order.add(lives.calls.get(lives.put[v]));
    if (lives.take[v] != NONE) {
      push(-1 - lives.take[v]);
    }
    cut(from, to, cuts);
    return true;
  }

  /** Where to part a group so that none of it is inside while the call looks; -1 if nowhere. */
  private int alone(int look, int from, int to) {
    int begin = Math.max(from, until[moments.invoked[look]]);
    // The last moment before it must have happened; the end, if it may be later.
    int latest = Math.min(moments.returned[look] - 1, moments.end);
    int end = until[latest];
    int free = cover.free(begin, Math.min(end, to));
    if (free >= 0) {
      return free;
    }
    return end > to ? to : bounds.lastLeaving(from, Math.max(from, end)) <= latest ? end : -1;
  }

  /** Follows a row of references to its end, and shortens it. */
  private static int find(int[] row, int from) {
    int end = from;
    while (row[end] != end) {
      end = row[end];
    }
    for (int at = from; row[at] != end; ) {
      int further = row[at];
      row[at] = end;
      at = further;
    }
    return end;
  }

  private int[] values(int from, int to) {
    int[] values = new int[to - from];
    int size = 0;
    for (int i = find(next, from); i < to; i = find(next, i + 1)) {
      values[size++] = row[i];
    }
    return Arrays.copyOf(values, size);
  }
}
