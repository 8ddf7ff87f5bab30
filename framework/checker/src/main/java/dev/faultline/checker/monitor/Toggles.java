package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;

/**
 * Something that is off at first and is switched on and off in turn: a lock, an element of a set.
 * Each call switches, or sees how it stands. Exact: let a sweep have switched n times by some
 * moment. No order has switched less often by then, for else a switch that is due, or one that was
 * there to see, would be missing; so what it found to switch with, every order had to find.
 */
final class Toggles extends Sweep {
  enum Kind {
    ON,
    OFF,
    SEES_ON,
    SEES_OFF,
    /** Says nothing. */
    NOTHING
  }

  private static final int NONE = -1;

  private final Kind[] kinds;
  private final Heap ons;
  private final Heap offs;

  /** Those that wait to see it off, and on: a list through {@link #next}. */
  private final int[] waiting = {NONE, NONE};

  private final int[] next;
  private boolean on;

  Toggles(List<Call> calls, Kind[] kinds) {
    super(calls);
    this.kinds = kinds;
    this.ons = new Heap(returned);
    this.offs = new Heap(returned);
    this.next = new int[calls.size()];
    Arrays.fill(next, NONE);
  }

  @Override
  boolean invoked(int call) {
    switch (kinds[call]) {
      case ON -> ons.push(call);
      case OFF -> offs.push(call);
      case SEES_ON, SEES_OFF -> see(call, kinds[call] == Kind.SEES_ON);
      case NOTHING -> {}
    }
    return true;
  }

  private void see(int call, boolean wanted) {
    if (!calls.get(call).known()) {
      return;
    }
    if (on == wanted) {
      place(call);
    } else {
      next[call] = waiting[wanted ? 1 : 0];
      waiting[wanted ? 1 : 0] = call;
    }
  }

  @Override
  boolean due(int call) {
    if (kinds[call] == Kind.NOTHING) {
      place(call);
    }
    while (!placed(call)) {
      Heap able = on ? offs : ons;
      if (able.isEmpty()) {
        return false;
      }
      on = !on;
      place(able.pop());
      int side = on ? 1 : 0;
      for (int see = waiting[side]; see != NONE; see = next[see]) {
        place(see);
      }
      waiting[side] = NONE;
    }
    return true;
  }
}
