package dev.faultline.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Passes chunks in slices, with a pause after each. */
final class SlicerToxic implements Toxic {
  private final long averageSize;
  private final long sizeVariation;
  private final long delay;
  private final RandomGenerator random;
  // The slices of the chunk at the head; none if it is not cut yet.
  private final Deque<Integer> slices = new ArrayDeque<>();
  private long due;

  /** The real server overflows its stack for an average of 0; here the slices are 1 byte then. */
  SlicerToxic(long averageSize, long sizeVariation, long delayNanos, RandomGenerator random) {
    this.averageSize = Math.max(1, averageSize);
    this.sizeVariation = Math.clamp(sizeVariation, 0, this.averageSize);
    this.delay = delayNanos;
    this.random = random;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty()) {
      if (now < due) {
        return due;
      }
      if (!out.open()) {
        return NEVER;
      }
      Chunk head = in.removeFirst();
      if (head.end()) {
        out.give(head);
        return NEVER;
      }
      if (slices.isEmpty()) {
        cut(head.length());
      }
      int slice = slices.removeFirst();
      out.give(head.first(slice));
      if (slice < head.length()) {
        in.addFirst(head.without(slice));
      }
      due = now + delay;
    }
    return NEVER;
  }

  /** Halves, the cut moved by the variation, until a slice is no larger than it may be. */
  private void cut(int length) {
    if (length - averageSize <= sizeVariation || length < 2) {
      slices.addLast(length);
      return;
    }
    long middle = length / 2;
    if (sizeVariation > 0) {
      middle += random.nextLong(2 * sizeVariation) - sizeVariation;
    }
    int left = (int) Math.clamp(middle, 1, length - 1L);
    cut(left);
    cut(length - left);
  }
}
