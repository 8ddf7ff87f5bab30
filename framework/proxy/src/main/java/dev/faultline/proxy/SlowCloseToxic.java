package dev.faultline.proxy;

import java.util.Deque;

/** Passes data at once and the end of the stream later. */
final class SlowCloseToxic implements Toxic {
  private final long delay;
  private long due = NEVER;

  SlowCloseToxic(long delayNanos) {
    this.delay = delayNanos;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty()) {
      Chunk head = in.getFirst();
      if (head.end()) {
        due = due == NEVER ? now + delay : due;
        if (now < due) {
          return due;
        }
      } else if (!out.open()) {
        return NEVER;
      }
      in.removeFirst();
      out.give(head);
    }
    return NEVER;
  }
}
