package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose values repeat, and of which all calls returned. Pairs the first enqueue with the
 * first dequeue, the second with the second and so on: what is remembered is which of each are
 * used, so for so many processes it is polynomial.
 *
 * <p>An enqueue may come next if no other that is left, and no dequeue that is left, had returned
 * before it began; a dequeue likewise among dequeues. That suffices: let each stand at the latest
 * beginning of all pairs up to its own (an enqueue: of the enqueues alone). Who found it empty
 * stands between two pairs, as early as may be: when nothing that is left had returned before it or
 * anything used began, nor it before that. Of equal calls that may come next, the first to return
 * does.
 */
final class RepeatedQueue {
  private static final int WINDOW = 64;
  private static final int MOST = 1_000_000;

  /** Calls of one sort, in the order of their returns. */
  private static final class Sort {
    final List<Call> calls = new ArrayList<>();
    long[] invoked = {};
    long[] returned = {};
    int[] value = {};

    /** False if too many are open at once. */
    boolean close(Numbers values, boolean asked) {
      calls.sort(Comparator.comparingLong(c -> c.operation().returned()));
      int n = calls.size();
      invoked = new long[n];
      returned = new long[n];
      value = new int[n];
      for (int i = 0; i < n; i++) {
        Call call = calls.get(i);
        invoked[i] = call.operation().invoked();
        returned[i] = call.operation().returned();
        Object v = asked ? call.input() : call.output();
        value[i] = v == null ? -1 : values.of(v);
        int at = Arrays.binarySearch(returned, 0, i, invoked[i]);
        if (i - (at < 0 ? -at - 1 : at) >= WINDOW - 1) {
          return false;
        }
      }
      return true;
    }

    long firstReturn(int low) {
      return low < returned.length ? returned[low] : Long.MAX_VALUE;
    }
  }

  /** How far one sort is used: all below, and those of a window from there. */
  private record Used(int low, long window) {
    Used with(int i) {
      long more = window | 1L << (i - low);
      int skip = Long.numberOfTrailingZeros(~more);
      return new Used(low + skip, skip == WINDOW ? 0 : more >>> skip);
    }

    boolean has(int i) {
      return i < low || (i - low < WINDOW && (window & 1L << (i - low)) != 0);
    }
  }

  private record Place(Used puts, Used takes, Used empties) {}

  /** A pair, or a call that found it empty, and what came before. */
  private record Node(
      Place place, long latest, int put, int take, int empty, @Nullable Node before) {}

  private final Sort puts = new Sort();
  private final Sort takes = new Sort();
  private final Sort empties = new Sort();

  private RepeatedQueue() {}

  static Answer decide(List<Call> calls) {
    RepeatedQueue queue = new RepeatedQueue();
    Numbers values = new Numbers();
    for (Call call : calls) {
      boolean put = call.f().equals("enqueue");
      if (!call.known()
          || (put && (call.input() == null || call.refused()))
          || !(put || call.f().equals("dequeue"))) {
        return new Answer.Unsuited("crashed calls, or other than enqueue and dequeue");
      }
      (put ? queue.puts : call.output() == null ? queue.empties : queue.takes).calls.add(call);
    }
    if (!queue.puts.close(values, true)
        || !queue.takes.close(values, false)
        || !queue.empties.close(values, false)) {
      return new Answer.Unsuited("more than " + WINDOW + " calls are open at once");
    }
    return queue.search(calls);
  }

  private Answer search(List<Call> calls) {
    Set<Place> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    Used none = new Used(0, 0);
    open.push(new Node(new Place(none, none, none), -1, -1, -1, -1, null));
    while (!open.isEmpty()) {
      Node node = settle(open.pop());
      Place at = node.place;
      if (at.takes.low == takes.calls.size() && at.empties.low == empties.calls.size()) {
        return new Answer.Ordered(order(node));
      }
      if (!seen.add(at)) {
        continue;
      }
      if (seen.size() > MOST) {
        return new Answer.Unsuited("too many ways to pair equal values");
      }
      follow(node, open);
    }
    Call last =
        calls.stream().max(Comparator.comparingLong(c -> c.operation().returned())).orElseThrow();
    return new Answer.Impossible(calls, last);
  }

  /** Lets all find it empty that may. */
  private Node settle(Node from) {
    Node node = from;
    boolean more = true;
    while (more) {
      more = false;
      Place at = node.place;
      long left =
          Math.min(
              Math.min(puts.firstReturn(at.puts.low), takes.firstReturn(at.takes.low)),
              empties.firstReturn(at.empties.low));
      if (left < node.latest) {
        break;
      }
      for (int i = at.empties.low; i < empties.calls.size() && i - at.empties.low < WINDOW; i++) {
        if (!at.empties.has(i) && empties.invoked[i] <= left) {
          Place next = new Place(at.puts, at.takes, at.empties.with(i));
          node = new Node(next, Math.max(node.latest, empties.invoked[i]), -1, -1, i, node);
          more = true;
          break;
        }
      }
    }
    return node;
  }

  private void follow(Node node, Deque<Node> open) {
    Place at = node.place;
    long empty = empties.firstReturn(at.empties.low);
    long take = Math.min(empty, takes.firstReturn(at.takes.low));
    long put = Math.min(take, puts.firstReturn(at.puts.low));
    List<Node> next = new ArrayList<>();
    Set<Integer> tried = new HashSet<>();
    for (int t = at.takes.low; t < takes.calls.size() && t - at.takes.low < WINDOW; t++) {
      if (at.takes.has(t) || takes.invoked[t] > take || !tried.add(takes.value[t])) {
        continue;
      }
      for (int p = at.puts.low; p < puts.calls.size() && p - at.puts.low < WINDOW; p++) {
        if (!at.puts.has(p) && puts.value[p] == takes.value[t] && puts.invoked[p] <= put) {
          Place to = new Place(at.puts.with(p), at.takes.with(t), at.empties);
          long latest = Math.max(node.latest, Math.max(puts.invoked[p], takes.invoked[t]));
          next.add(new Node(to, latest, p, t, -1, node));
          break;
        }
      }
    }
    // The one that returns first is looked at first.
    for (int i = next.size() - 1; i >= 0; i--) {
      open.push(next.get(i));
    }
  }

  /** A call at its place in time. */
  private record Placed(long point, boolean take, Call call) {}

  private List<Call> order(Node end) {
    List<Node> nodes = new ArrayList<>();
    for (Node node = end; node != null; node = node.before) {
      nodes.add(node);
    }
    List<Call> order = new ArrayList<>();
    List<Placed> segment = new ArrayList<>();
    long put = -1;
    long take = -1;
    for (int i = nodes.size() - 2; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.empty >= 0) {
        flush(segment, order);
        order.add(empties.calls.get(node.empty));
        put = Math.max(take, node.latest);
        take = put;
      } else {
        put = Math.max(put, puts.invoked[node.put]);
        take = Math.max(Math.max(take, put), takes.invoked[node.take]);
        segment.add(new Placed(put, false, puts.calls.get(node.put)));
        segment.add(new Placed(take, true, takes.calls.get(node.take)));
      }
    }
    List<Call> left = new ArrayList<>();
    for (int i = end.place.puts.low; i < puts.calls.size(); i++) {
      if (!end.place.puts.has(i)) {
        left.add(puts.calls.get(i));
      }
    }
    left.sort(Comparator.comparingLong(c -> c.operation().invoked()));
    for (Call call : left) {
      put = Math.max(put, call.operation().invoked());
      segment.add(new Placed(put, false, call));
    }
    flush(segment, order);
    return order;
  }

  /** By their points; where those are equal enqueues first, else as they are. */
  private static void flush(List<Placed> segment, List<Call> order) {
    segment.sort(Comparator.comparingLong(Placed::point).thenComparing(Placed::take));
    segment.forEach(placed -> order.add(placed.call()));
    segment.clear();
  }
}
