package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.monitor.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Searches an order of the calls of any object: Lowe's just-in-time linearization ("Testing for
 * linearizability", 2017), depth first and with a memory of where it has been. It goes from return
 * to return; a call is placed at the latest when it returns, and others before it only if needed:
 *
 * <ul>
 *   <li>A certain call that only looks is placed as soon as it fits: it stands in nobody's way.
 *   <li>Another call is placed before its own return only directly before one with which it does
 *       not commute; of two that commute, the one of the lower kind goes first.
 *   <li>Of equal calls, the one that returns first goes first; of those that never returned, the
 *       one invoked first.
 *   <li>One that never returned is placed only if it changes the state, and where everything else
 *       is equal, having used fewer of them is never worse.
 * </ul>
 *
 * A call gives its slot back when it returns, so what is remembered is as wide as the most calls
 * open at once. No recursion, so no overflow.
 */
final class DepthFirst<S> {
  private static final int POLL = 256;
  private static final int NONE = -1;

  private final Problem problem;
  private final States<S> states;
  private final Budget budget;
  private final long effort;
  private final int words;

  /** Slots of calls that may be left out. */
  private final long[] optional;

  private final Map<Place, Seen> seen = new HashMap<>();
  private long entries;
  private long looked;
  private int farthest;

  DepthFirst(Model<S> model, Problem problem, Budget budget, long effort) {
    this.problem = problem;
    this.states = new States<>(model, problem);
    this.budget = budget;
    this.effort = effort;
    this.words = Math.max(1, (problem.slots + 63) >> 6);
    this.optional = new long[words];
    for (int call : problem.optional) {
      set(optional, problem.slot[call]);
    }
  }

  /** How things may stand before a return. */
  private static final class Node {
    final @Nullable Node parent;
    final long[] done;
    int[] placed;
    int state;
    int next;

    /** The call placed last, if it need not stand there, and the state that it found; or NONE. */
    int loose = NONE;

    int looseFrom;

    // Where the enumeration of what may follow has come to.
    int candidate;
    int choice;

    Node(@Nullable Node parent, long[] done, int state, int next, int[] placed) {
      this.parent = parent;
      this.done = done;
      this.state = state;
      this.next = next;
      this.placed = placed;
    }
  }

  /** Return, state, and which certain calls are placed. */
  private record Place(int next, int state, long first, List<Long> rest) {}

  /** Been there with these optional calls used. */
  private record Seen(long[] used, int loose, int looseFrom, @Nullable Seen more) {}

  Answer decide() {
    Node node = new Node(null, new long[words], 0, 0, new int[0]);
    settle(node);
    remember(node);
    while (true) {
      if (node.next == problem.returns.length) {
        return new Answer.Ordered(order(node));
      }
      if (ranOut() instanceof String what) {
        return new Answer.Exhausted(what, farthest, entries);
      }
      Node child = child(node);
      if (child != null) {
        node = child;
      } else if (node.parent == null) {
        return new Answer.Impossible(
            List.of(problem.calls), problem.calls[problem.returns[farthest]]);
      } else {
        node = node.parent;
      }
    }
  }

  private @Nullable String ranOut() {
    looked++;
    if (looked > effort) {
      return "effort of " + effort + " configurations";
    }
    return looked % POLL == 0
        ? budget.exhausted(states.bytes() + entries * (160L + 48L * words))
        : null;
  }

  /** The next one below that is new; null if there is none left. */
  private @Nullable Node child(Node node) {
    int[] open = problem.open[node.next];
    int candidates = open.length + problem.invokedOptional[node.next];
    for (; node.candidate < candidates; node.candidate++, node.choice = 0) {
      int call =
          node.candidate < open.length
              ? open[node.candidate]
              : problem.optional[node.candidate - open.length];
      if (node.choice == 0 && !isFree(node, call, open)) {
        continue;
      }
      int[] after = states.after(node.state, call);
      while (node.choice < after.length) {
        int to = after[node.choice++];
        if ((!problem.must[call] && to == node.state) || canWait(node, call, to)) {
          continue;
        }
        Node child = place(node, call, to);
        if (remember(child)) {
          return child;
        }
      }
    }
    return null;
  }

  private boolean isFree(Node node, int call, int[] open) {
    if (isSet(node.done, problem.slot[call])) {
      return false;
    }
    if (!problem.must[call]) {
      int twin = problem.twin[call];
      return twin == NONE || isSet(node.done, problem.slot[twin]);
    }
    for (int i = 0; open[i] != call; i++) {
      if (problem.kind[open[i]] == problem.kind[call] && !isSet(node.done, problem.slot[open[i]])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the call placed last could as well stand after this one. */
  private boolean canWait(Node node, int call, int to) {
    int last = node.loose;
    if (last == NONE
        || (call != problem.returns[node.next] && problem.kind[call] >= problem.kind[last])) {
      return false;
    }
    for (int between : states.after(node.looseFrom, call)) {
      for (int end : states.after(between, last)) {
        if (end == to) {
          return true;
        }
      }
    }
    return false;
  }

  private Node place(Node from, int call, int to) {
    Node node = new Node(from, from.done.clone(), to, from.next, new int[] {call});
    set(node.done, problem.slot[call]);
    node.loose = call;
    node.looseFrom = from.state;
    settle(node);
    return node;
  }

  /** Places what only looks and fits, and goes on past the returns of what is placed. */
  private void settle(Node node) {
    int before;
    do {
      before = node.next;
      for (int call : node.next < problem.open.length ? problem.open[node.next] : new int[0]) {
        if (problem.observes[call]
            && !isSet(node.done, problem.slot[call])
            && states.after(node.state, call).length > 0) {
          set(node.done, problem.slot[call]);
          node.placed = Arrays.copyOf(node.placed, node.placed.length + 1);
          node.placed[node.placed.length - 1] = call;
          node.loose = NONE;
        }
      }
      while (node.next < problem.returns.length
          && isSet(node.done, problem.slot[problem.returns[node.next]])) {
        clear(node.done, problem.slot[problem.returns[node.next]]);
        node.next++;
        node.loose = NONE;
      }
    } while (node.next > before);
    farthest = Math.max(farthest, Math.min(node.next, problem.returns.length - 1));
  }

  /** Whether nothing that was seen before could do all that this one can. */
  private boolean remember(Node node) {
    long first = node.done[0] & ~optional[0];
    List<Long> rest = List.of();
    if (words > 1) {
      rest = new ArrayList<>(words - 1);
      for (int i = 1; i < words; i++) {
        rest.add(node.done[i] & ~optional[i]);
      }
    }
    Place place = new Place(node.next, node.state, first, rest);
    Seen all = seen.get(place);
    for (Seen s = all; s != null; s = s.more()) {
      if (covers(s, node)) {
        return false;
      }
    }
    seen.put(place, new Seen(node.done, node.loose, node.looseFrom, all));
    entries++;
    return true;
  }

  private boolean covers(Seen seen, Node node) {
    if (seen.loose() != NONE
        && (seen.loose() != node.loose || seen.looseFrom() != node.looseFrom)) {
      return false;
    }
    for (int i = 0; i < words; i++) {
      if ((seen.used()[i] & optional[i] & ~node.done[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private List<Call> order(Node end) {
    List<Call> order = new ArrayList<>();
    for (Node node = end; node != null; node = node.parent) {
      for (int i = node.placed.length - 1; i >= 0; i--) {
        order.add(problem.calls[node.placed[i]]);
      }
    }
    Collections.reverse(order);
    return order;
  }

  private static boolean isSet(long[] bits, int i) {
    return (bits[i >> 6] & 1L << i) != 0;
  }

  private static void set(long[] bits, int i) {
    bits[i >> 6] |= 1L << i;
  }

  private static void clear(long[] bits, int i) {
    bits[i >> 6] &= ~(1L << i);
  }
}
