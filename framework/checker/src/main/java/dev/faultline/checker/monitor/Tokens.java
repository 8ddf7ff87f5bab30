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
 * A lock that gives out tokens, each higher than all before; as a lease it may run out at any
 * moment. The tokens tell the order of the grants, and each owner's calls come one after another,
 * so only those have a choice that saw somebody else hold it ({@link Holding}). Not suited where an
 * owner has two calls open, or where an acquire with an unknown outcome may be what makes it
 * possible.
 */
final class Tokens {
  private static final int NONE = -1;

  private final List<Call> calls;
  private final boolean expires;
  private final Numbers owners = new Numbers();
  private final Map<Integer, ArrayDeque<Integer>> loose = new HashMap<>();

  /** By grant, in the order of first acquires: its token, owner, first and last call. */
  private final long[] token;

  private final int[] owner;
  private final int[] first;
  private final int[] tail;
  private int grants;

  /** By grant: it was released, or its owner was seen without it. */
  private final boolean[] over;

  /** By grant: the first return of who saw its owner without it. */
  private final long[] ends;

  /** By call: the next of its grant, and until when it must have taken effect. */
  private final int[] next;

  private final long[] until;

  private final int[] last;

  /** By call that saw its owner without it: the grant that was over by then. */
  private final int[] without;

  private final List<Integer> seen = new ArrayList<>();
  private boolean acquires;
  private boolean unknown;

  private Tokens(List<Call> calls, boolean expires) {
    int n = calls.size();
    this.calls = calls;
    this.expires = expires;
    this.token = new long[n];
    this.owner = new int[n];
    this.first = new int[n];
    this.tail = new int[n];
    this.over = new boolean[n];
    this.ends = new long[n];
    this.next = new int[n];
    this.until = new long[n];
    this.last = new int[n];
    this.without = new int[n];
    Arrays.fill(ends, Operation.NEVER);
    Arrays.fill(next, NONE);
    Arrays.fill(last, NONE);
    Arrays.fill(without, NONE);
  }

  static Answer decide(Model<?> model, List<Call> calls) {
    boolean expires = model.id().equals("lease");
    for (Call call : calls) {
      boolean known =
          switch (call.f()) {
            case "acquire" -> !call.known() || call.refused() || call.output() instanceof Long;
            case "renew", "release" -> true;
            default -> false;
          };
      if (!known) {
        return new Answer.Unsuited(call.f() + ", or its answer, is unknown here");
      }
    }
    return Sweep.fits(calls)
        ? Prefix.shortest(calls, false, part -> new Tokens(part, expires).attempt())
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
        unknown |= !call.f().equals("renew");
        acquires |= call.f().equals("acquire");
        if (call.f().equals("release") && !expires) {
          loose.computeIfAbsent(o, x -> new ArrayDeque<>()).add(i);
        }
        continue;
      }
      if (!(call.refused() ? see(i, o) : take(i, o))) {
        return impossible(i, acquires);
      }
    }
    return ordered();
  }

  private Answer impossible(int call, boolean perhaps) {
    return perhaps
        ? new Answer.Unsuited("a call with an unknown outcome may be what makes it possible")
        : new Answer.Impossible(calls, calls.get(call));
  }

  private boolean has(int o) {
    return last[o] != NONE && !over[last[o]];
  }

  /** A call that its owner could only make with it, or by which it got it. */
  private boolean take(int i, int o) {
    if (calls.get(i).f().equals("acquire") && calls.get(i).output() instanceof Long shown) {
      if (!has(o) || token[last[o]] != shown) {
        last[o] = grants;
        token[grants] = shown;
        owner[grants] = o;
        first[grants] = i;
        tail[grants++] = i;
        return shown >= 0;
      }
    } else if (!has(o)) {
      return false;
    }
    append(i, last[o]);
    over[last[o]] = calls.get(i).f().equals("release");
    return true;
  }

  private void append(int i, int grant) {
    next[tail[grant]] = i;
    tail[grant] = i;
  }

  /** A call that its owner could only make without it. */
  private boolean see(int i, int o) {
    seen.add(i);
    without[i] = last[o];
    if (!has(o)) {
      return true;
    }
    if (expires) {
      ends[last[o]] = Math.min(ends[last[o]], until[i]);
      over[last[o]] = true;
      return true;
    }
    return loosen(last[o], until[i]);
  }

  /** Ends a grant by a release that may have happened; false if there is none. */
  private boolean loosen(int grant, long time) {
    ArrayDeque<Integer> some = loose.get(owner[grant]);
    if (some == null || some.isEmpty()) {
      return false;
    }
    int release = some.remove();
    append(release, grant);
    until[release] = time;
    over[grant] = true;
    return true;
  }

  private Answer ordered() {
    Integer[] order = new Integer[grants];
    Arrays.setAll(order, g -> g);
    Arrays.sort(order, (a, b) -> Long.compare(token[a], token[b]));
    Holding grantsAlone = new Holding(calls);
    for (int k = 0; k < grants; k++) {
      if (k > 0 && token[order[k]] == token[order[k - 1]]) {
        // Of two owners, or of one that had given it back.
        return impossible(first[order[k]], false);
      }
      grantsAlone.add(first[order[k]], owner[order[k]], until[first[order[k]]]);
    }
    if (!grantsAlone.settle()) {
      return impossible(first[order[0]], false);
    }
    Holding holding = new Holding(calls);
    int[] ended = new int[grants];
    for (int k = 0; k < grants; k++) {
      int g = order[k];
      boolean other = k + 1 < grants && owner[order[k + 1]] != owner[g];
      if (!expires && other && !over[g] && !loosen(g, Operation.NEVER)) {
        return impossible(first[order[k + 1]], acquires);
      }
      for (int i = first[g]; i != NONE; i = next[i]) {
        boolean frees = calls.get(i).f().equals("release");
        holding.add(i, frees ? Holding.NOBODY : owner[g], until[i]);
      }
      holding.ends(ends[g]);
      ended[g] = holding.size() - 1;
    }
    if (!holding.settle()) {
      return impossible(0, acquires);
    }
    for (int i : seen) {
      if (!calls.get(i).f().equals("acquire")) {
        int g = without[i];
        boolean ranOut = g != NONE && ends[g] != Operation.NEVER;
        long since = g == NONE ? -1 : ranOut ? holding.ended(ended[g]) : holding.at(ended[g]);
        holding.sees(i, since);
      } else if (!holding.seesHeld(i, owners.of(calls.get(i).owner()))) {
        return impossible(i, unknown);
      }
    }
    return new Answer.Ordered(holding.order());
  }
}
