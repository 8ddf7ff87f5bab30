package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;

/**
 * A row of places that are filled one after another: each has its own call, or is free for one of
 * those that can stand for each other; after the last there are free ones without end. Other calls
 * saw how many were filled. Exact, for the reason given at {@link Toggles}: no order has filled
 * fewer by any moment.
 */
final class Slots extends Sweep {
  private static final int NONE = -1;
  private static final int FREE = -1;
  private static final int NOTHING = -2;

  /** By call: its own place, {@link #FREE}, {@link #NOTHING}, or what it saw. */
  private final int[] at;

  private final boolean[] sees;
  private final boolean[] orFewer;

  /** By place: its own call. */
  private int[] own = new int[16];

  private int[] waiting = new int[16];
  private final int[] next;
  private final boolean[] open;
  private final Heap free;
  private int filled;

  Slots(List<Call> calls) {
    super(calls);
    int n = calls.size();
    this.at = new int[n];
    this.sees = new boolean[n];
    this.orFewer = new boolean[n];
    this.next = new int[n];
    this.open = new boolean[n];
    this.free = new Heap(returned);
    Arrays.fill(at, NOTHING);
    Arrays.fill(own, NONE);
    Arrays.fill(waiting, NONE);
  }

  private void reserve(int place) {
    if (place >= own.length) {
      int before = own.length;
      int size = Math.max(place + 1, 2 * before);
      own = Arrays.copyOf(own, size);
      waiting = Arrays.copyOf(waiting, size);
      Arrays.fill(own, before, size, NONE);
      Arrays.fill(waiting, before, size, NONE);
    }
  }

  /** The call has this place; false if another has it. */
  boolean own(int call, int place) {
    reserve(place + 1);
    if (own[place] != NONE) {
      return false;
    }
    own[place] = call;
    at[call] = place;
    return true;
  }

  /** The call fills any free place. */
  void free(int call) {
    at[call] = FREE;
  }

  /** The call saw so many filled; or at most so many. */
  void sees(int call, int count, boolean orFewer) {
    if (!orFewer) {
      reserve(count);
    }
    at[call] = count;
    sees[call] = true;
    this.orFewer[call] = orFewer;
  }

  @Override
  boolean invoked(int call) {
    open[call] = true;
    if (at[call] == FREE) {
      free.push(call);
    } else if (sees[call]) {
      if (filled == at[call] || (orFewer[call] && filled < at[call])) {
        place(call);
      } else if (filled > at[call]) {
        return false;
      } else {
        next[call] = waiting[at[call]];
        waiting[at[call]] = call;
      }
    }
    return true;
  }

  @Override
  boolean due(int call) {
    if (at[call] == NOTHING) {
      place(call);
    }
    while (!placed(call)) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() {
    int call = filled < own.length ? own[filled] : NONE;
    if (call == NONE ? free.isEmpty() : !open[call]) {
      return false;
    }
    place(call == NONE ? free.pop() : call);
    filled++;
    if (filled < waiting.length) {
      for (int see = waiting[filled]; see != NONE; see = next[see]) {
        place(see);
      }
      waiting[filled] = NONE;
    }
    return true;
  }
}
