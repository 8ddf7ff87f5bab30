package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first-in first-out queue of values that are put in once each; exact, in O(n log n).
 *
 * <p>Value u comes before v if its put returned before v's was invoked, or one of its takes and
 * looks did so before one of v's. Both are interval orders; if together they have a cycle, they
 * have one of two values. Otherwise any order of the values that keeps them will do: puts in that
 * order, takes and looks in that order. A call that found nothing needs a moment at which no value
 * is certainly inside; such a moment parts the values into those inside before and those after, of
 * which none must come before the former.
 *
 * @see "Henzinger, Sezgin, Vafeiadis: Aspect-Oriented Linearizability Proofs, CONCUR 2013"
 */
final class Fifo {
  private static final Lives.Names NAMES = new Lives.Names("enqueue", "dequeue", "peek");
  private static final int NONE = Lives.NONE;

  private final Lives lives;
  private final Moments moments;

  /** By moment: the first of the calls that find nothing at it. */
  private final int[] emptyAt;

  private final int[] nextEmpty;

  /** The moments at which something was found empty. */
  private int[] cuts = new int[0];

  /** By value: how many such moments are before it. */
  private final int[] block;

  Fifo(Lives lives) {
    this.lives = lives;
    this.moments = lives.moments;
    this.emptyAt = new int[moments.end + 1];
    this.nextEmpty = new int[lives.empties.length];
    this.block = new int[lives.size];
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
    return Takers.answer(lives, Takers.Gives.FIRST_IN, () -> new Fifo(lives).answer());
  }

  Answer answer() {
    Answer covered = empties();
    if (covered != null) {
      return covered;
    }
    int[] order = new int[lives.size];
    int ordered = order(order);
    return ordered < 0 ? cycle() : new Answer.Ordered(schedule(Arrays.copyOf(order, ordered)));
  }

  /** Gives each call that found nothing its moment. */
  private @Nullable Answer empties() {
    Arrays.fill(emptyAt, NONE);
    int[] free = lives.free();
    for (int e = 0; e < nextEmpty.length; e++) {
      int call = lives.empties[e];
      int moment = free[moments.invoked[call]];
      if (moment >= moments.returned[call]) {
        return lives.covered(call);
      }
      nextEmpty[e] = emptyAt[moment];
      emptyAt[moment] = e;
    }
    int[] insideAt = byEvent(lives.inside);
    cuts = new int[nextEmpty.length];
    int before = 0;
    for (int t = 0; t <= moments.end; t++) {
      if (t < moments.end && insideAt[t] != NONE) {
        block[insideAt[t]] = before;
      }
      if (emptyAt[t] != NONE) {
        cuts[before++] = t;
      }
    }
    cuts = Arrays.copyOf(cuts, before);
    for (int v = 0; v < lives.size; v++) {
      block[v] = lives.inside[v] > moments.end ? before : block[v];
    }
    return null;
  }

  /** The values by an event of each; a value whose event never came is not there. */
  private int[] byEvent(int[] events) {
    int[] values = new int[moments.end];
    Arrays.fill(values, NONE);
    for (int v = 0; v < lives.size; v++) {
      if (lives.put[v] != NONE && events[v] < moments.end) {
        values[events[v]] = v;
      }
    }
    return values;
  }

  /** Writes the values into an order that keeps all that must be; -1 if there is none. */
  private int order(int[] order) {
    int[] begunAt = byEvent(lives.begun);
    int[] insideAt = byEvent(lives.inside);
    int[] foundAt = byEvent(lives.found);
    boolean[] done = new boolean[lives.size];
    int[] later = new int[lives.size];
    int[] first = new int[cuts.length + 1];
    Arrays.fill(first, NONE);
    long[] leaving = new long[lives.size];
    int count = 0;
    for (int v = 0; v < lives.size; v++) {
      leaving[v] = lives.leaving[v];
      count += lives.put[v] == NONE ? 0 : 1;
    }
    Heap heap = new Heap(leaving);
    int begun = 0;
    int inside = 0;
    int found = 0;
    int other = 0;
    int now = -1;
    for (int size = 0; size < count; ) {
      while (insideAt[inside] == NONE || done[insideAt[inside]]) {
        inside++;
      }
      if (block[insideAt[inside]] != now) {
        now = block[insideAt[inside]];
        for (int v = first[now]; v != NONE; v = later[v]) {
          heap.push(v);
        }
      }
      for (; begun < inside; begun++) {
        int v = begunAt[begun];
        if (v != NONE && block[v] == now) {
          heap.push(v);
        } else if (v != NONE) {
          later[v] = first[block[v]];
          first[block[v]] = v;
        }
      }
      found = next(foundAt, done, found);
      other = next(foundAt, done, Math.max(other, found + 1));
      while (!heap.isEmpty() && done[heap.top()]) {
        heap.pop();
      }
      int least = found < foundAt.length ? foundAt[found] : NONE;
      int v = heap.isEmpty() ? NONE : heap.top();
      if (v == NONE || lives.leaving[v] > (v == least ? other : found)) {
        v = least;
        if (v == NONE || block[v] != now || lives.begun[v] > inside || lives.leaving[v] > other) {
          return -1;
        }
      }
      done[v] = true;
      order[size++] = v;
    }
    return count;
  }

  private static int next(int[] values, boolean[] done, int from) {
    int at = from;
    while (at < values.length && (values[at] == NONE || done[values[at]])) {
      at++;
    }
    // Past all events: what is left over is taken there.
    return at < values.length ? at : values.length + 1;
  }

  /** Two values each of which must come before the other. */
  private Answer cycle() {
    int[] pair = pair(lives.inside, lives.begun);
    if (pair.length == 0) {
      pair = pair(lives.found, lives.leaving);
    }
    return pair.length == 0
        ? new Answer.Unsuited("the values have no order, but any two have one")
        : lives.impossible(pair);
  }

  /** Value u before v, by a time of u before one of v; v before u, as it was found before. */
  private int[] pair(int[] early, int[] late) {
    // By moment, of the values with an early time until then, the two that leave last.
    int[] last = byEvent(early);
    int[] second = new int[moments.end];
    int best = NONE;
    int next = NONE;
    for (int t = 0; t < moments.end; t++) {
      int v = last[t];
      if (v != NONE && (best == NONE || lives.leaving[v] > lives.leaving[best])) {
        next = best;
        best = v;
      } else if (v != NONE && (next == NONE || lives.leaving[v] > lives.leaving[next])) {
        next = v;
      }
      last[t] = best;
      second[t] = next;
    }
    for (int v = 0; v < lives.size; v++) {
      int until = Math.min(late[v], moments.end) - 1;
      if (lives.put[v] != NONE && until >= 0) {
        int u = last[until] == v ? second[until] : last[until];
        if (u != NONE && lives.found[v] < lives.leaving[u]) {
          return new int[] {u, v};
        }
      }
    }
    return new int[0];
  }

  /** Puts in the order of the values, takes and looks too, each as early as it may be. */
  private List<Call> schedule(int[] order) {
    List<Call> calls = new ArrayList<>(lives.calls.size());
    int[] ready = new int[order.length];
    int value = 0;
    int front = 0;
    int step = 0;
    int cut = 0;
    int putTime = 0;
    int foundTime = 0;
    while (true) {
      int found = front < value ? found(order[front], step) : NONE;
      if (front < value && found == NONE) {
        front++;
        step = 0;
        continue;
      }
      if (value < order.length) {
        int v = order[value];
        putTime = Math.max(putTime, lives.begun[v]);
        putTime = block[v] == 0 ? putTime : Math.max(putTime, cuts[block[v] - 1]);
      } else if (found == NONE) {
        break;
      }
      int time =
          found == NONE ? 0 : Math.max(Math.max(foundTime, ready[front]), moments.invoked[found]);
      if (found != NONE && (value == order.length || time <= putTime)) {
        foundTime = time;
        calls.add(lives.calls.get(found));
        step++;
        continue;
      }
      for (; cut < block[order[value]]; cut++) {
        addEmpties(calls, cuts[cut]);
      }
      ready[value] = putTime;
      calls.add(lives.calls.get(lives.put[order[value++]]));
    }
    for (; cut < cuts.length; cut++) {
      addEmpties(calls, cuts[cut]);
    }
    return calls;
  }

  /** The value's looks, then its take; none when there are no more. */
  private int found(int v, int step) {
    int look = lives.lookFrom[v] + step;
    return look < lives.lookFrom[v + 1]
        ? lives.looks[look]
        : look == lives.lookFrom[v + 1] ? lives.take[v] : NONE;
  }

  private void addEmpties(List<Call> calls, int moment) {
    for (int e = emptyAt[moment]; e != NONE; e = nextEmpty[e]) {
      calls.add(lives.calls.get(lives.empties[e]));
    }
  }
}
