package dev.faultline.proxy;

import java.util.Deque;

/** Passes so many bytes of the connection, then resets it. */
final class ResetDataToxic implements Toxic {
  private final LimitDataToxic limit;
  private final Runnable onReset;

  ResetDataToxic(long bytes, Runnable onReset) {
    this.limit = new LimitDataToxic(bytes);
    this.onReset = onReset;
  }

  @Override
  public Toxic after(Toxic earlier) {
    if (earlier instanceof ResetDataToxic other) {
      Toxic unused = limit.after(other.limit);
    }
    return this;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    return limit.move(
        in,
        new Gate() {
          @Override
          public boolean open() {
            return out.open();
          }

          @Override
          public void give(Chunk chunk) {
            if (chunk.end() && limit.reached()) {
              onReset.run();
            }
            out.give(chunk);
          }
        },
        now);
  }
}
