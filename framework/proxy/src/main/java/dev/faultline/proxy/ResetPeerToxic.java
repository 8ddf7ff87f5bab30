package dev.faultline.proxy;

import java.util.Deque;

/** After the first data or close, and the wait, resets the connection; passes nothing. */
final class ResetPeerToxic implements Toxic {
  private final long timeout;
  private final Runnable onReset;
  private long due = NEVER;

  ResetPeerToxic(long timeoutNanos, Runnable onReset) {
    this.timeout = timeoutNanos;
    this.onReset = onReset;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    if (due == NEVER && !in.isEmpty()) {
      due = now + timeout;
    }
    if (now < due) {
      return due;
    }
    in.clear();
    onReset.run();
    out.give(Chunk.END);
    return NEVER;
  }
}
