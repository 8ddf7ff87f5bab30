package dev.faultline.checker.weak;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.objects.Told;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one order of all sessions' operations, depth first, never twice from the same point. An
 * operation with an unknown outcome may come anywhere after what its session had done before, or
 * nowhere.
 */
final class SequentialSearch<S> {
  enum Found {
    ORDER,
    NONE,
    ENDED
  }

  /** Bytes that a point costs besides its places, roughly. */
  private static final int POINT = 250;

  /** What has been placed: how many of each session, which loose ones; and what came of it. */
  private record Point<S>(List<Integer> at, BitSet loose, Map<@Nullable Object, S> states) {}

  /** An operation with an unknown outcome, and what its session must have done before it. */
  private record Loose(Call call, int session, int after) {}

  private final Model<S> model;
  private final List<List<Call>> sessions = new ArrayList<>();
  private final List<Loose> loose = new ArrayList<>();
  private final Set<Point<S>> seen = new HashSet<>();
  private long total;
  private long placed;
  private String ended = "";

  SequentialSearch(Model<S> model, Map<Object, List<Operation>> split) {
    this.model = model;
    for (List<Operation> ops : split.values()) {
      List<Call> calls = new ArrayList<>();
      for (Operation op : ops) {
        Call call = Call.of(op);
        if (op.outcome() != Outcome.INFO) {
          calls.add(call);
        } else if (!model.observes(call)) {
          loose.add(new Loose(call, sessions.size(), calls.size()));
        }
      }
      sessions.add(calls);
      total += calls.size();
    }
  }

  long placed() {
    return placed;
  }

  long ways() {
    return seen.size();
  }

  String ended() {
    return ended;
  }

  Found decide(Budget budget) {
    Integer[] none = new Integer[sessions.size()];
    Arrays.fill(none, 0);
    Deque<Point<S>> open = new ArrayDeque<>();
    open.push(settled(new Point<>(List.of(none), new BitSet(), new HashMap<>())));
    while (!open.isEmpty()) {
      Point<S> point = open.pop();
      long done = point.at().stream().mapToLong(n -> n).sum();
      placed = Math.max(placed, done);
      if (done == total) {
        return Found.ORDER;
      }
      if (!seen.add(point)) {
        continue;
      }
      String over = budget.exhausted(seen.size() * (POINT + 24L * sessions.size()));
      if (over != null) {
        ended = over;
        return Found.ENDED;
      }
      // The last pushed is tried first: what was invoked first.
      next(point).forEach(open::push);
    }
    return Found.NONE;
  }

  private List<Point<S>> next(Point<S> point) {
    record Way<S>(long invoked, Point<S> point) {}

    List<Way<S>> ways = new ArrayList<>();
    for (int s = 0; s < sessions.size(); s++) {
      int at = point.at().get(s);
      if (at < sessions.get(s).size()) {
        Call call = sessions.get(s).get(at);
        List<Integer> moved = new ArrayList<>(point.at());
        moved.set(s, at + 1);
        for (Map<@Nullable Object, S> states : step(point, call)) {
          Point<S> next = new Point<>(List.copyOf(moved), point.loose(), states);
          ways.add(new Way<>(call.operation().invoked(), settled(next)));
        }
      }
    }
    for (int l = 0; l < loose.size(); l++) {
      Loose one = loose.get(l);
      if (!point.loose().get(l) && point.at().get(one.session()) >= one.after()) {
        BitSet used = (BitSet) point.loose().clone();
        used.set(l);
        for (Map<@Nullable Object, S> states : step(point, one.call())) {
          if (!states.equals(point.states())) {
            // Tried after what certainly happened.
            ways.add(new Way<>(Operation.NEVER, settled(new Point<>(point.at(), used, states))));
          }
        }
      }
    }
    ways.sort(Comparator.comparingLong((Way<S> way) -> way.invoked()).reversed());
    return ways.stream().map(Way::point).toList();
  }

  private @Nullable Object key(Call call) {
    return model.acrossKeys() ? null : Told.plain(call.operation().key());
  }

  private List<Map<@Nullable Object, S>> step(Point<S> point, Call call) {
    Object key = key(call);
    S state = point.states().get(key);
    List<Map<@Nullable Object, S>> all = new ArrayList<>();
    for (S next : model.step(state == null ? model.initial() : state, call)) {
      Map<@Nullable Object, S> states = new HashMap<>(point.states());
      states.put(key, next);
      all.add(states);
    }
    return all;
  }

  /** With all that only look and may do so now: they are in nobody's way. */
  private Point<S> settled(Point<S> point) {
    List<Integer> at = new ArrayList<>(point.at());
    boolean moved = false;
    for (int s = 0; s < at.size(); s++) {
      List<Call> calls = sessions.get(s);
      while (at.get(s) < calls.size() && fits(point, calls.get(at.get(s)))) {
        at.set(s, at.get(s) + 1);
        moved = true;
      }
    }
    return moved ? new Point<>(List.copyOf(at), point.loose(), point.states()) : point;
  }

  private boolean fits(Point<S> point, Call call) {
    return model.observes(call) && !step(point, call).isEmpty();
  }
}
