package dev.faultline.harness;

import dev.faultline.spec.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How one direction of messages is disturbed: the fold of all faults active on it.
 *
 * @param cut how it is cut, or null
 * @param effect what else is wrong with it
 */
public record LinkState(Fault.@Nullable Mode cut, Fault.Effect effect) {
  /** Nothing wrong. */
  public static final LinkState CLEAR = new LinkState(null, Fault.Effect.NONE);

  /** Both disturbances at once: the worse of each. */
  public LinkState and(LinkState other) {
    Fault.Effect a = effect;
    Fault.Effect b = other.effect;
    return new LinkState(
        worse(cut, other.cut),
        new Fault.Effect(
            a.latency().plus(b.latency()),
            a.jitter().plus(b.jitter()),
            smaller(a.bandwidthKBps(), b.bandwidthKBps()),
            a.reset() || b.reset(),
            a.hang() || b.hang(),
            a.slowClose().plus(b.slowClose()),
            Math.max(a.lossPercent(), b.lossPercent()),
            Math.max(a.duplicatePercent(), b.duplicatePercent()),
            a.reorder().plus(b.reorder()),
            smaller(a.resetAfterBytes(), b.resetAfterBytes()),
            (int) smaller(a.sliceBytes(), b.sliceBytes()),
            Math.max(a.corruptPercent(), b.corruptPercent())));
  }

  /** Of two bounds, where 0 is none. */
  private static long smaller(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }

  private static Fault.@Nullable Mode worse(Fault.@Nullable Mode a, Fault.@Nullable Mode b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a == Fault.Mode.REFUSE || b == Fault.Mode.REFUSE) {
      return Fault.Mode.REFUSE;
    }
    return a == Fault.Mode.DROP ? a : b;
  }
}
