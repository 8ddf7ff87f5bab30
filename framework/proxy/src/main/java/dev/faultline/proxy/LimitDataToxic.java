package dev.faultline.proxy;

import java.util.Deque;

/** Passes so many bytes of the connection, then ends it. */
final class LimitDataToxic implements Toxic {
  private final long limit;
  private long passed;

  LimitDataToxic(long limit) {
    this.limit = limit;
  }

  boolean reached() {
    return passed >= limit;
  }

  /** Counts on from what an earlier setting of the same toxic let through. */
  @Override
  public Toxic after(Toxic earlier) {
    passed = earlier instanceof LimitDataToxic other ? other.passed : passed;
    return this;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty()) {
      Chunk head = in.getFirst();
      if (head.end()) {
        in.removeFirst();
        out.give(head);
        return NEVER;
      }
      long left = Math.max(0, limit - passed);
      if (left > 0) {
        if (!out.open()) {
          return NEVER;
        }
        int length = (int) Math.min(left, head.length());
        out.give(head.first(length));
        passed += length;
      }
      in.removeFirst();
      if (passed >= limit) {
        out.give(Chunk.END);
        return NEVER;
      }
    }
    return NEVER;
  }
}
