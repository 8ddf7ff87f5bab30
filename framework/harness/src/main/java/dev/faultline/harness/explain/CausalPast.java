package dev.faultline.harness.explain;

import java.util.BitSet;

/**
 * What can have led to a step: everything before it on its line, what was received there with all
 * that led to its sending, and so on (Lamport, 1978). What is outside cannot have had any part.
 */
final class CausalPast {
  private CausalPast() {}

  /** The steps from which there is a way to this one, and itself. */
  static BitSet of(TraceLog log, int last) {
    BitSet past = new BitSet();
    past.set(last);
    // What a step depends on has a lower number, so one pass downwards is enough.
    for (int i = last; i >= 0; i = past.previousSetBit(i - 1)) {
      TraceLog.Step step = log.steps().get(i);
      if (step.before() != TraceLog.NONE) {
        past.set(step.before());
      }
      if (step.cause() != TraceLog.NONE) {
        past.set(step.cause());
      }
      if (i == 0) {
        break;
      }
    }
    return past;
  }
}
