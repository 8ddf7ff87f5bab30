package dev.faultline.proxy;

import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Passes so many kilobytes (1,000 bytes) a second, large chunks in pieces of 100 ms. A rate of 0
 * passes no data at all, as in the real server, which the documentation does not say.
 */
final class BandwidthToxic implements Toxic {
  private static final long LATENESS = TimeUnit.MILLISECONDS.toNanos(10);

  private final long rate;
  private int sending;
  private long due;
  // How late the last piece went; the next goes so much earlier, so that the rate holds.
  private long late;

  BandwidthToxic(long rate) {
    this.rate = rate;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty()) {
      Chunk head = in.getFirst();
      if (!head.end()) {
        if (rate <= 0) {
          return NEVER;
        }
        if (sending == 0) {
          sending = (int) Math.min(head.length(), Math.max(1, rate * 100));
          due = now - late + sending * 1_000_000L / rate;
        }
        if (now < due) {
          return due;
        }
      }
      if (!out.open()) {
        return NEVER;
      }
      late = Math.min(now - due, LATENESS);
      in.removeFirst();
      if (head.end() || sending >= head.length()) {
        out.give(head);
      } else {
        out.give(head.first(sending));
        in.addFirst(head.without(sending));
      }
      sending = 0;
    }
    return NEVER;
  }
}
