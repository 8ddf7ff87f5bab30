package dev.faultline.harness.explain;

import dev.faultline.harness.explain.Inevitability.Point;
import dev.faultline.harness.explain.Inevitability.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the moment where the share of failing futures rises most, and the one after which all fail
 * (the idea is Antithesis's: run on from a moment with new randomness). First over a coarse grid,
 * then by halving, which is exact if the share rises at one place; with few futures where it only
 * has to be seen where to look, with all of them beside the moments that are told.
 */
final class Scan {
  private static final int GRID = 14;

  /** Each moment is looked at with one in so many futures first. */
  private static final int FEW = 5;

  private final List<Long> moments;
  private final Explanations.Futures futures;
  private final int all;
  private final BooleanSupplier spent;
  private final TreeMap<Integer, Look> looks = new TreeMap<>();
  private int runs;

  private Scan(List<Long> moments, Explanations.Futures futures, int all, BooleanSupplier spent) {
    this.moments = moments;
    this.futures = futures;
    this.all = all;
    this.spent = spent;
  }

  private record Look(int failing, int of) {
    double share() {
      return of == 0 ? 0 : (double) failing / of;
    }

    boolean escapes() {
      return failing < of;
    }
  }

  /**
   * Scans a run.
   *
   * @param moments times at which something happened, up to the wrong result
   * @param telling those at which to look in any case, such as beginnings of faults
   * @param futures how many futures to try beside a moment that is told
   * @param spent whether to come to an end
   * @param what happened at a moment
   */
  static Inevitability of(
      SortedSet<Long> moments,
      List<Long> telling,
      Explanations.Futures run,
      int futures,
      BooleanSupplier spent,
      LongFunction<List<String>> what) {
    List<Long> all = new ArrayList<>(moments);
    // After the last: it has all happened.
    all.add(moments.last() + 1);
    Scan scan = new Scan(all, run, futures, spent);
    for (int i = 0; i <= GRID; i++) {
      scan.glance((int) ((long) i * (all.size() - 1) / GRID));
    }
    for (long at : telling) {
      int i = all.indexOf(at);
      if (i >= 0 && i + 1 < all.size()) {
        scan.glance(i);
        scan.glance(i + 1);
      }
    }
    Turn culprit = scan.rise(what);
    Turn inevitable = scan.inevitable(what);
    List<Point> points = new ArrayList<>();
    scan.looks.forEach((i, look) -> points.add(new Point(all.get(i), look.failing, look.of)));
    return new Inevitability(points, culprit, inevitable, scan.runs, !spent.getAsBoolean());
  }

  private Look glance(int moment) {
    return look(moment, Math.max(1, all / FEW));
  }

  /** Tries futures of a moment until there are so many. */
  private Look look(int moment, int wanted) {
    Look look = looks.getOrDefault(moment, new Look(0, 0));
    while (look.of < wanted && !spent.getAsBoolean()) {
      runs++;
      int bad = futures.fail(moments.get(moment), look.of) ? 1 : 0;
      look = new Look(look.failing + bad, look.of + 1);
      looks.put(moment, look);
    }
    return look;
  }

  /** Narrows the steepest rise between two looks down to one moment. */
  private @Nullable Turn rise(LongFunction<List<String>> what) {
    int low = -1;
    double most = 0;
    for (Map.Entry<Integer, Look> at : looks.entrySet()) {
      Map.Entry<Integer, Look> next = looks.higherEntry(at.getKey());
      if (next != null && next.getValue().share() - at.getValue().share() > most) {
        low = at.getKey();
        most = next.getValue().share() - at.getValue().share();
      }
    }
    Integer high = low < 0 ? null : looks.higherKey(low);
    if (high == null) {
      return null;
    }
    int top = high;
    while (top - low > 1 && !spent.getAsBoolean()) {
      int middle = low + (top - low) / 2;
      double there = glance(middle).share();
      if (there - glance(low).share() > glance(top).share() - there) {
        top = middle;
      } else {
        low = middle;
      }
    }
    return turn(low, top, what);
  }

  /**
   * Narrows the step from the last look with an escape to the first without. A glance that saw none
   * is made sure of at the end, and the search goes on behind it if there is one after all.
   */
  private @Nullable Turn inevitable(LongFunction<List<String>> what) {
    int low = -1;
    for (Map.Entry<Integer, Look> at : looks.entrySet()) {
      if (at.getValue().escapes()) {
        low = at.getKey();
      }
    }
    while (low >= 0 && !spent.getAsBoolean()) {
      Integer next = looks.higherKey(low);
      if (next == null) {
        return null;
      }
      int top = next;
      while (top - low > 1 && !spent.getAsBoolean()) {
        int middle = low + (top - low) / 2;
        if (glance(middle).escapes()) {
          low = middle;
        } else {
          top = middle;
        }
      }
      if (look(top, all).escapes()) {
        low = top;
      } else {
        return turn(low, top, what);
      }
    }
    return null;
  }

  /** What happened between two looks; if they are not neighbours, time ran out. */
  private @Nullable Turn turn(int low, int high, LongFunction<List<String>> what) {
    Look before = look(low, all);
    Look after = look(high, all);
    return high - low != 1 || before.of < all || after.of < all
        ? null
        : new Turn(
            moments.get(low), what.apply(moments.get(low)), before.failing, after.failing, all);
  }
}
