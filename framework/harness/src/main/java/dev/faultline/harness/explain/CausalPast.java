package dev.faultline.harness.explain;

import java.util.BitSet;
import java.util.Set;

/**
 * What can have led to a step: everything before it on its line, what was received there with all
 * that led to its sending, and so on (Lamport, 1978). What is outside cannot have had any part.
 */
final class CausalPast {
  private CausalPast() {}

  /**
   * The steps from which there is a way to one of these lines of the history, and those themselves.
   * All of them matter: what a stale read did not hear of is not in its own past.
   *
   * @return none if the run has none of the lines
   */
  static BitSet of(TraceLog log, Set<Long> entries) {
    BitSet past = new BitSet();
    for (long entry : entries) {
      int step = log.ofEntry(entry);
      if (step != TraceLog.NONE) {
        past.set(step);
      }
    }
    // What a step depends on has a lower number, so one pass downwards is enough.
    for (int i = past.length() - 1; i >= 0; i = past.previousSetBit(i - 1)) {
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
