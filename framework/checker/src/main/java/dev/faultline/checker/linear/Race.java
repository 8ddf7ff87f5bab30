package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first and breadth-first search by turns, each turn longer than the one before, until one
 * has the answer. Turns are counted in configurations, so the answer is the same again however fast
 * the machine is. Who runs out of its half of the memory is out, and the other has all of it.
 */
final class Race {
  private static final long FIRST_TURN = 1_000;
  private static final int POLL = 512;

  /** Configurations that may be looked at as if calls took effect again. */
  private static final long LOOSE = 200_000;

  private final Layout layout;
  private final Moves moves;
  private final Budget budget;
  private final long effort;
  private final boolean again;
  private long spent;
  private @Nullable Engine depth;
  private @Nullable Engine breadth;

  /** What ended it without an answer; null while it may go on. */
  private @Nullable String ended;

  private int farthest;
  private long configurations;

  private Race(Layout layout, Moves moves, Budget budget, long effort, boolean again) {
    this.layout = layout;
    this.moves = moves;
    this.budget = budget;
    this.effort = effort;
    this.again = again;
  }

  /**
   * Decides.
   *
   * @param effort how many configurations may be looked at, besides the budget
   */
  static Outcome run(Layout layout, Moves moves, Budget budget, long effort) {
    return new Race(layout, moves, budget, effort, false).run();
  }

  /**
   * Decides as if each crashed call could take effect again and again, for objects of few states:
   * soon done, and if even so there is no order, there is none. Null if that does not tell, as an
   * order has a call twice, or too much was looked at.
   */
  static @Nullable Outcome again(Layout layout, Moves moves, Budget budget, long effort) {
    Outcome loose = new Race(layout, moves, budget, Math.min(effort, LOOSE), true).run();
    List<Integer> order = loose.order();
    boolean twice = order != null && new HashSet<>(order).size() < order.size();
    return loose.ended() != null || twice ? null : loose;
  }

  /** What came of it: an order, none past a return, or what ran out. */
  record Outcome(
      @Nullable List<Integer> order, int farthest, @Nullable String ended, long alternatives) {}

  private Outcome run() {
    if (layout.returns.length == 0) {
      return new Outcome(List.of(), 0, null, 1);
    }
    if (layout.tooWide) {
      return new Outcome(null, 0, "most operations that may be open at once", 1);
    }
    depth = new DepthFirst(new Search(layout, moves, again));
    Engine winner = turn(depth, FIRST_TURN);
    if (winner == null && ended == null) {
      breadth = new BreadthFirst(new Search(layout, moves, again));
    }
    for (long turn = FIRST_TURN; winner == null && ended == null; turn *= 2) {
      winner = turn(breadth, turn);
      if (winner == null && ended == null) {
        winner = turn(depth, 2 * turn);
      }
      if (depth == null && breadth == null && ended == null) {
        ended = "memory budget of " + budget.bytes() / 1_000_000 + " MB";
      }
    }
    if (winner == null) {
      return new Outcome(null, farthest, ended, configurations);
    }
    int[] calls = winner.order();
    List<Integer> order = calls == null ? null : Arrays.stream(calls).boxed().toList();
    return new Outcome(order, winner.farthest(), null, winner.configurations());
  }

  /** The engine, if it has the answer after its turn. */
  private @Nullable Engine turn(@Nullable Engine engine, long turn) {
    if (engine == null) {
      return null;
    }
    for (long left = turn; left > 0 && ended == null; left -= POLL) {
      engine.run(Math.min(left, POLL));
      if (engine.isOver()) {
        return engine;
      }
      spent += Math.min(left, POLL);
      if (engine.farthest() >= farthest) {
        farthest = engine.farthest();
        configurations = Math.max(1, engine.configurations());
      }
      if (isSpent(engine)) {
        return null;
      }
    }
    return null;
  }

  /** Whether it is out, or all are. */
  private boolean isSpent(Engine engine) {
    long others = layout.bytes() + moves.bytes();
    ended = spent >= effort ? "effort of " + effort + " configurations" : budget.exhausted(others);
    if (ended != null) {
      return true;
    }
    long share = breadth == null || depth == null ? budget.bytes() : budget.bytes() / 2;
    if (engine.bytes() + others <= share) {
      return false;
    }
    if (engine.equals(depth)) {
      depth = null;
    } else {
      breadth = null;
    }
    return true;
  }
}
