package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lock with an owner, reentrant or not. Each owner's calls come one after another, so a hold is
 * certain from the return of its acquire to the invocation of its release; such holds may not
 * overlap ({@link Zones}). A release with an unknown outcome ended a hold if its owner was seen
 * without it later. Not suited where an owner has two calls open, or where an acquire with an
 * unknown outcome may be what makes it possible.
 */
final class Holds {
  private static final int NONE = -1;

  private final List<Call> calls;
  private final boolean reentrant;
  private final Numbers owners = new Numbers();
  private final Map<Integer, ArrayDeque<Integer>> loose = new HashMap<>();

  /** By hold: its owner, first call, first return, last invocation. */
  private final int[] owner;

  private final int[] first;
  private final long[] hi;
  private final long[] lo;
  private int holds;

  /** By call: the next of its hold. */
  private final int[] next;

  /** By call: until when it must have taken effect. */
  private final long[] until;

  private final int[] depth;
  private final int[] hold;
  private final int[] tail;

  /** By call that found its owner without it: the call by which it was over, if unknown. */
  private final Map<Integer, Integer> over = new HashMap<>();

  private final List<Integer> seen = new ArrayList<>();
  private boolean unknown;
  private boolean murky;

  private Holds(List<Call> calls, boolean reentrant) {
    int n = calls.size();
    this.calls = calls;
    this.reentrant = reentrant;
    this.owner = new int[n];
    this.first = new int[n];
    this.hi = new long[n];
    this.lo = new long[n];
    this.next = new int[n];
    this.until = new long[n];
    this.depth = new int[n];
    this.hold = new int[n];
    this.tail = new int[n];
    Arrays.fill(next, NONE);
    Arrays.fill(hold, NONE);
  }

  static Answer decide(Model<?> model, List<Call> calls) {
    boolean reentrant = model.id().equals("reentrant-mutex");
    for (Call call : calls) {
      if (!call.f().equals("acquire") && !call.f().equals("release")) {
        return new Answer.Unsuited("unknown function " + call.f());
      }
    }
    return Sweep.fits(calls)
        ? Prefix.shortest(calls, false, part -> new Holds(part, reentrant).attempt())
        : new Answer.Unsuited("too many calls");
  }

  private Answer attempt() {
    Answer unsuited = Owners.unsuited(calls);
    if (unsuited != null) {
      return unsuited;
    }
    for (int i = 0; i < next.length; i++) {
      Call call = calls.get(i);
      int o = owners.of(call.owner());
      until[i] = Sweep.returned(call);
      if (!call.known()) {
        unknown = true;
        murky |= reentrant || call.f().equals("acquire");
        if (!reentrant && call.f().equals("release")) {
          loose.computeIfAbsent(o, x -> new ArrayDeque<>()).add(i);
        }
        continue;
      }
      if (!take(i, o)) {
        return impossible(i, murky);
      }
    }
    for (int h = 0; h < holds; h++) {
      if (depth[owner[h]] > 0 && hold[owner[h]] == h && !loosen(owner[h], Operation.NEVER)) {
        lo[h] = Operation.NEVER;
      }
    }
    return ordered();
  }

  private Answer impossible(int call, boolean perhaps) {
    return perhaps
        ? new Answer.Unsuited("a call with an unknown outcome may be what makes it possible")
        : new Answer.Impossible(calls, calls.get(call));
  }

  /** Adds it to its owner's holds; false if it cannot be at this place. */
  private boolean take(int i, int o) {
    boolean acquires = calls.get(i).f().equals("acquire");
    if (calls.get(i).refused()) {
      if (acquires ? reentrant && depth[o] > 0 : depth[o] > 0 && !loosen(o, until[i])) {
        return false;
      }
      if (!acquires && hold[o] != NONE && until[tail[o]] == until[i]) {
        over.put(i, tail[o]);
      }
      seen.add(i);
      return true;
    }
    if (!acquires) {
      if (depth[o] == 0) {
        return false;
      }
      append(i, o);
      depth[o]--;
      return true;
    }
    if (depth[o] > 0 && !reentrant && !loosen(o, until[i])) {
      return false;
    }
    if (depth[o]++ > 0) {
      append(i, o);
      return true;
    }
    hold[o] = holds;
    tail[o] = i;
    owner[holds] = o;
    first[holds] = i;
    hi[holds] = until[i];
    lo[holds++] = calls.get(i).operation().invoked();
    return true;
  }

  private void append(int i, int o) {
    next[tail[o]] = i;
    tail[o] = i;
    hi[hold[o]] = Math.min(hi[hold[o]], until[i]);
    lo[hold[o]] = Math.max(lo[hold[o]], calls.get(i).operation().invoked());
  }

  /** Ends the owner's hold by a release that may have happened; false if there is none. */
  private boolean loosen(int o, long time) {
    ArrayDeque<Integer> some = loose.get(o);
    if (some == null || some.isEmpty()) {
      return false;
    }
    int release = some.remove();
    next[tail[o]] = release;
    tail[o] = release;
    until[release] = time;
    lo[hold[o]] = Math.max(lo[hold[o]], calls.get(release).operation().invoked());
    depth[o] = 0;
    return true;
  }

  private Answer ordered() {
    int[] begin = new int[holds + 1];
    Arrays.setAll(begin, h -> h);
    int[] order = Zones.order(begin, Arrays.copyOf(hi, holds), Arrays.copyOf(lo, holds));
    if (order == null) {
      return impossible(0, murky);
    }
    Holding holding = new Holding(calls);
    int[] at = new int[next.length];
    for (int h : order) {
      int times = 0;
      for (int i = first[h]; i != NONE; i = next[i]) {
        times += calls.get(i).f().equals("acquire") ? 1 : -1;
        at[i] = holding.size();
        holding.add(i, times > 0 ? owner[h] : Holding.NOBODY, until[i]);
      }
    }
    if (!holding.settle()) {
      return impossible(0, unknown);
    }
    for (int i : seen) {
      Integer after = over.get(i);
      if (calls.get(i).f().equals("release")) {
        holding.sees(i, after == null ? -1 : holding.at(at[after]));
      } else if (!holding.seesHeld(i, Holding.NOBODY)) {
        return impossible(i, unknown);
      }
    }
    return new Answer.Ordered(holding.order());
  }
}
