package dev.faultline.node.process;

import dev.faultline.node.Clock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's two clocks, which can be made wrong. Monotonic time runs at the rate set and never
 * steps: what it gained under a wrong rate it keeps. Wall time is true time, or the time server's,
 * plus the offset, plus what a wrong rate has gained since it was set; back at the true rate that
 * gain is dropped, which is a step. Frozen, wall time stands still, and at the end jumps to where
 * it would be. For any thread.
 */
final class SteeredClock implements Clock {
  private static final long MILLION = 1_000_000;

  private final LongSupplier raw;
  private final LongSupplier trueWall;

  private long offset;
  private long driftPpm;
  private long setAt;
  private long monotonicAtSet;
  private @Nullable Long followed;
  private @Nullable Long frozen;

  /**
   * @param raw nanoseconds of the machine's monotonic clock
   * @param trueWall nanoseconds since 1970 of the machine's wall clock
   */
  SteeredClock(LongSupplier raw, LongSupplier trueWall) {
    this.raw = raw;
    this.trueWall = trueWall;
    this.setAt = raw.getAsLong();
    this.monotonicAtSet = setAt;
  }

  /** The clocks of this machine. */
  static SteeredClock ofMachine() {
    return new SteeredClock(System::nanoTime, SteeredClock::machineWall);
  }

  /** Nanoseconds since 1970. */
  static long machineWall() {
    java.time.Instant now = java.time.Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * Sets how wrong the clocks are, absolutely. An unchanged rate keeps its gain.
   *
   * @param freeze wall time stands still from now on, or where it stands already
   */
  synchronized void steer(long offsetNanos, long ppm, boolean freeze) {
    if (ppm <= -MILLION) {
      throw new IllegalArgumentException("drift " + ppm + "ppm would stop the clock");
    }
    frozen = !freeze ? null : frozen == null ? (Long) wall() : frozen;
    offset = offsetNanos;
    if (ppm != driftPpm) {
      long now = raw.getAsLong();
      monotonicAtSet = monotonicAt(now);
      setAt = now;
      driftPpm = ppm;
    }
  }

  /** Wall time stands still there, until it is steered not to. */
  synchronized void standAt(long wall) {
    frozen = wall;
  }

  /** From now on wall time is this far from the machine's monotonic clock, before steering. */
  synchronized void follow(long wallMinusRaw) {
    followed = wallMinusRaw;
  }

  @Override
  public synchronized long wall() {
    if (frozen != null) {
      return frozen;
    }
    long now = raw.getAsLong();
    long base = followed == null ? trueWall.getAsLong() : now + followed;
    return base + offset + gain(now);
  }

  @Override
  public synchronized long monotonic() {
    return monotonicAt(raw.getAsLong());
  }

  /** How long to wait, in true nanoseconds, until {@link #monotonic} has reached a time. */
  synchronized long trueNanosUntil(long monotonic) {
    long left = monotonic - monotonicAt(raw.getAsLong());
    return left <= 0 ? 0 : (long) Math.ceil((double) left * MILLION / (MILLION + driftPpm));
  }

  private long monotonicAt(long now) {
    return monotonicAtSet + (now - setAt) + gain(now);
  }

  /** Split, so that neither a long run nor a large drift overflows. */
  private long gain(long now) {
    long elapsed = now - setAt;
    return elapsed / MILLION * driftPpm + elapsed % MILLION * driftPpm / MILLION;
  }
}
