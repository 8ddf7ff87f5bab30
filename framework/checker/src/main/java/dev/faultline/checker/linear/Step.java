package dev.faultline.checker.linear;

import dev.faultline.history.Operation;

/**
 * An operation as the search sees it: it may be placed while the object is in the state {@code
 * need} and leaves it in the state {@code make}. States are small numbers that the model gives out.
 *
 * @param op what it stands for
 * @param need the state that it must find, or {@link #ANY}
 * @param make the state that it leaves, or {@link #SAME}
 * @param must whether it certainly took effect; otherwise it may be left out
 * @param invoked index of the invocation
 * @param returned index of the return, {@link Operation#NEVER} unless {@code must}
 */
record Step(Operation op, int need, int make, boolean must, long invoked, long returned) {
  /** For {@link #need}: whatever the state. */
  static final int ANY = -1;

  /** For {@link #make}: the state stays. */
  static final int SAME = -1;

  /** Whether both stand for one operation. */
  boolean is(Step other) {
    return op.id() == other.op.id();
  }

  /** It only looks. */
  boolean observes() {
    return make == SAME;
  }

  /** It changes the state without looking. */
  boolean blind() {
    return need == ANY && make != SAME;
  }

  /** Weaker: it no longer matters which state it finds. */
  Step forgetNeed() {
    return new Step(op, ANY, make, must, invoked, returned);
  }

  /** Weaker: it may be left out, and never returns. */
  Step open() {
    return new Step(op, need, make, false, invoked, Operation.NEVER);
  }
}
