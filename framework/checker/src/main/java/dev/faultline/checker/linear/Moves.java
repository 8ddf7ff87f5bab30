package dev.faultline.checker.linear;

/** What kinds of calls make of states; both are small numbers, and everything starts in state 0. */
interface Moves {
  /** The call cannot have taken effect in that state. */
  int NONE = -1;

  /**
   * Where a call of this kind leads from the state: the one state, {@link #NONE}, or less than that
   * if there are several, see {@link #several}.
   */
  int next(int state, int kind);

  /** The states that a number below {@link #NONE} stands for. */
  int[] several(int code);

  /** Whether the kind may lead from one state to the other. */
  default boolean leads(int from, int kind, int to) {
    int next = next(from, kind);
    if (next >= NONE) {
      return next == to;
    }
    for (int one : several(next)) {
      if (one == to) {
        return true;
      }
    }
    return false;
  }

  /** Whether the one kind and then the other may lead from one state to the other. */
  default boolean leads(int from, int first, int second, int to) {
    int next = next(from, first);
    if (next >= NONE) {
      return next != NONE && leads(next, second, to);
    }
    for (int one : several(next)) {
      if (leads(one, second, to)) {
        return true;
      }
    }
    return false;
  }

  /** What this holds in memory, roughly. */
  long bytes();
}
