package dev.faultline.spec;

import java.time.Duration;

/**
 * What is wrong with a disk.
 *
 * @param stall syncs do not end
 * @param full syncs of what needs room fail, and what they were for is never written
 * @param corrupt one byte of what was synced is flipped, for good
 * @param slow how much longer a sync takes; zero for none
 */
public record Trouble(boolean stall, boolean full, boolean corrupt, Duration slow) {
  /** Nothing wrong. */
  public static final Trouble NONE = new Trouble(false, false, false, Duration.ZERO);

  /** Both at once. */
  public Trouble and(Trouble other) {
    return new Trouble(
        stall || other.stall, full || other.full, corrupt || other.corrupt, slow.plus(other.slow));
  }
}
