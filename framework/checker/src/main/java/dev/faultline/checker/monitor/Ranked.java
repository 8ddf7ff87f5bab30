package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;

/**
 * A priority queue of values of different priorities that are put in once each, or a bag of such
 * values, which gives out any; exact, in O(n log n).
 *
 * <p>Whoever takes or sees a value needs a moment at which none of those that would come out before
 * it is certainly inside; whoever finds nothing, one at which no value is. That is enough: such a
 * moment parts the values that come out earlier into those inside before, all of whose calls may
 * stand before it, and the rest, all of whose calls may stand after. So values find their places
 * from the last that comes out to the first.
 *
 * @see "Lee, Mathur: Efficient Decrease-and-Conquer Linearizability Monitoring, 2024"
 */
final class Ranked {
  private static final Lives.Names QUEUE = new Lives.Names("insert", "poll", "peek");
  private static final Lives.Names BAG = new Lives.Names("enqueue", "dequeue", "dequeue");
  private static final int NONE = Lives.NONE;

  private final Lives lives;
  private final Moments moments;
  private final boolean bag;

  /** The values in the order in which they would come out. */
  private final int[] ranked;

  /** By moment: itself or one after it, before which some value of those until now is inside. */
  private final int[] free;

  /** By call: its moment. */
  private final int[] at;

  private Ranked(Lives lives, int[] ranked, boolean bag) {
    this.lives = lives;
    this.moments = lives.moments;
    this.bag = bag;
    this.ranked = ranked;
    this.free = new int[moments.end + 2];
    this.at = new int[lives.calls.size()];
    Arrays.setAll(free, t -> t);
  }

  static Answer bag(List<Call> calls) {
    Answer unsuited = Lives.unsuited(calls, BAG);
    return unsuited != null ? unsuited : Core.of(calls, part -> attempt(part, BAG));
  }

  static Answer queue(List<Call> calls) {
    Answer unsuited = Lives.unsuited(calls, QUEUE);
    if (unsuited != null) {
      return unsuited;
    }
    for (Call call : calls) {
      if (call.input() != null && Double.isNaN(rank(call.input()))) {
        return new Answer.Unsuited("value %s has no priority".formatted(call.input()));
      }
    }
    return Core.of(calls, part -> attempt(part, QUEUE));
  }

  private static Answer attempt(List<Call> calls, Lives.Names names) {
    Lives lives = Lives.of(calls, names);
    boolean bag = names.equals(BAG);
    Takers.Gives gives = bag ? Takers.Gives.ANY : Takers.Gives.OTHER;
    return Takers.answer(lives, gives, () -> attempt(lives, bag));
  }

  private static Answer attempt(Lives lives, boolean bag) {
    int[] values = new int[lives.size];
    double[] ranks = new double[lives.size];
    int count = 0;
    for (int v = 0; v < lives.size; v++) {
      if (lives.put[v] != NONE) {
        Object value = lives.calls.get(lives.put[v]).value();
        ranks[v] = bag ? v : rank(value);
        values[count++] = v;
      }
    }
    double[] sorted = new double[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = ranks[values[i]];
    }
    Arrays.sort(sorted);
    for (int i = 1; i < count; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return new Answer.Unsuited("two values have the priority " + sorted[i]);
      }
    }
    int[] ranked = new int[count];
    for (int i = 0; i < count; i++) {
      ranked[Arrays.binarySearch(sorted, ranks[values[i]])] = values[i];
    }
    return new Ranked(lives, ranked, bag).answer();
  }

  /** Numbers by themselves, or first in a pair; not a number for anything else. */
  private static double rank(Object value) {
    Object first = value instanceof List<?> pair && !pair.isEmpty() ? pair.get(0) : value;
    return first instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  private Answer answer() {
    for (int r = 0; r < ranked.length; r++) {
      int v = ranked[r];
      for (int l = lives.lookFrom[v]; l < lives.lookFrom[v + 1]; l++) {
        int look = lives.looks[l];
        int from = Math.max(lives.begun[v], moments.invoked[look]);
        if (!find(look, from)) {
          return covered(look, from, r);
        }
      }
      if (lives.take[v] != NONE && !find(lives.take[v], lives.leaving[v])) {
        return covered(lives.take[v], lives.leaving[v], r);
      }
      if (!bag) {
        cover(v);
      }
    }
    for (int r = 0; bag && r < ranked.length; r++) {
      cover(ranked[r]);
    }
    for (int empty : lives.empties) {
      if (!find(empty, moments.invoked[empty])) {
        return lives.covered(empty);
      }
    }
    return new Answer.Ordered(order());
  }

  /** Gives a call the first moment from one on at which nothing is in its way. */
  private boolean find(int call, int from) {
    at[call] = free(from);
    return at[call] < moments.returned[call];
  }

  private int free(int from) {
    int end = from;
    while (free[end] != end) {
      end = free[end];
    }
    for (int t = from; free[t] != end; ) {
      int further = free[t];
      free[t] = end;
      t = further;
    }
    return end;
  }

  private void cover(int v) {
    for (int t = free(lives.inside[v]); t < lives.leaving[v]; t = free(t)) {
      free[t] = t + 1;
    }
  }

  private Answer covered(int call, int from, int rank) {
    boolean[] among = new boolean[lives.size];
    for (int r = 0; r < rank; r++) {
      among[ranked[r]] = true;
    }
    return lives.covered(call, from, among);
  }

  private List<Call> order() {
    Points points = new Points(lives.calls);
    Marks marks = new Marks(moments.end + 1);
    int all = ranked.length;
    for (int empty : lives.empties) {
      marks.set(at[empty]);
      points.put(empty, at[empty], 3 * all);
    }
    for (int r = all - 1; r >= 0; r--) {
      int v = ranked[r];
      int since = marks.before(lives.inside[v]);
      int put = lives.inside[v] - 1;
      for (int l = lives.lookFrom[v]; l <= lives.lookFrom[v + 1]; l++) {
        boolean take = l == lives.lookFrom[v + 1];
        int call = take ? lives.take[v] : lives.looks[l];
        if (call != NONE) {
          int moment = Math.max(at[call], since);
          put = Math.min(put, moment);
          points.put(call, moment, place(v, r, moment) + (take ? 2 : 1));
          at[call] = moment;
        }
      }
      points.put(lives.put[v], put, place(v, r, put));
      for (int l = lives.lookFrom[v]; !bag && l <= lives.lookFrom[v + 1]; l++) {
        int call = l < lives.lookFrom[v + 1] ? lives.looks[l] : lives.take[v];
        if (call != NONE) {
          marks.set(at[call]);
        }
      }
    }
    return points.order();
  }

  /** At one moment, first who was inside by then, the first to come out first; then the rest. */
  private int place(int v, int rank, int moment) {
    return 3 * (lives.inside[v] <= moment ? rank : 2 * ranked.length - rank);
  }
}
