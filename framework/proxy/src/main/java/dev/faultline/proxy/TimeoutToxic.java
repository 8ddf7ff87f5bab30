package dev.faultline.proxy;

import java.util.Deque;

/**
 * Swallows all data, and ends the connection after so long without any (the real server starts its
 * timer anew with each chunk); 0 for never.
 */
final class TimeoutToxic implements Toxic {
  private final long timeout;
  private long due = NEVER;

  TimeoutToxic(long timeoutNanos) {
    this.timeout = timeoutNanos;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    if (due == NEVER && timeout > 0) {
      due = now + timeout;
    }
    while (!in.isEmpty()) {
      Chunk head = in.removeFirst();
      if (head.end()) {
        out.give(head);
        return NEVER;
      }
      due = timeout > 0 ? now + timeout : NEVER;
    }
    if (now >= due) {
      out.give(Chunk.END);
      return NEVER;
    }
    return due;
  }
}
