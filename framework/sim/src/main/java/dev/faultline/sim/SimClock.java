package dev.faultline.sim;

import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.Scheduler;
import dev.faultline.node.Clock;

/**
 * A node's clocks: wall time has an offset and a rate, monotonic time the same rate and never
 * steps. Frozen, only wall time stands still. Healing takes the offset and what the rate gained off
 * the wall clock again.
 */
final class SimClock implements Clock {
  /** 2026-01-01T00:00:00Z; any date does. */
  private static final long EPOCH = 1_767_225_600_000_000_000L;

  private final Scheduler scheduler;
  private ClockState state = ClockState.TRUE;
  private long since;
  private long gained;
  private long wallGained;
  private long pathOffset;
  private long frozenAt;

  SimClock(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public long wall() {
    return EPOCH + scheduler.now() + skew();
  }

  /** Wall time minus true time. */
  long skew() {
    return state.frozen() ? frozenAt - scheduler.now() : skewIfItGoes();
  }

  private long skewIfItGoes() {
    return state.offsetNanos() + pathOffset + wallGained + drifted();
  }

  @Override
  public long monotonic() {
    return scheduler.now() + gained + drifted();
  }

  /** When in true time the monotonic clock will show this, at its present rate. */
  long whenMonotonic(long local) {
    long left = local - monotonic();
    return scheduler.now() + Math.max(0, ceilDiv(left, 1_000_000 + state.driftPpm()));
  }

  private static long ceilDiv(long nanos, long ppm) {
    // In two parts, so that hours do not overflow.
    long millions = nanos / ppm;
    long rest = nanos % ppm;
    return millions * 1_000_000 + (rest * 1_000_000 + ppm - 1) / ppm;
  }

  void set(ClockState next) {
    if (next.frozen() && !state.frozen()) {
      frozenAt = scheduler.now() + skew();
    }
    long drifted = drifted();
    gained += drifted;
    wallGained = next.driftPpm() == 0 ? 0 : wallGained + drifted;
    since = scheduler.now();
    state = next;
  }

  /** What the link to the time server makes the wall clock believe. */
  void path(long offset) {
    pathOffset = offset;
  }

  private long drifted() {
    long elapsed = scheduler.now() - since;
    return elapsed / 1_000_000 * state.driftPpm()
        + elapsed % 1_000_000 * state.driftPpm() / 1_000_000;
  }
}
