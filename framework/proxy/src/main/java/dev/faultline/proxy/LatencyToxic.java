package dev.faultline.proxy;

import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Passes each chunk {@code latency ± jitter} after it arrived, but never before the one ahead of
 * it. The end of the stream is not delayed, only kept behind the data.
 */
final class LatencyToxic implements Toxic {
  private static final int ROOM = 1024;

  private final long latencyMillis;
  private final long jitterMillis;
  private final RandomGenerator random;
  private @Nullable Chunk judged;
  private long due;

  LatencyToxic(long latencyMillis, long jitterMillis, RandomGenerator random) {
    this.latencyMillis = latencyMillis;
    this.jitterMillis = jitterMillis;
    this.random = random;
  }

  @Override
  public int room() {
    return ROOM;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty()) {
      Chunk head = in.getFirst();
      if (!head.end()) {
        if (judged != head) {
          judged = head;
          due = head.at() + delay();
        }
        if (now < due) {
          return due;
        }
      }
      if (!out.open()) {
        return NEVER;
      }
      in.removeFirst();
      // A second latency counts from here.
      out.give(head.end() ? head : head.at(now));
    }
    return NEVER;
  }

  private long delay() {
    long millis = latencyMillis;
    if (jitterMillis > 0) {
      long bound = Math.min(jitterMillis, Long.MAX_VALUE / 4);
      millis += random.nextLong(2 * bound) - bound;
    }
    return Toxics.nanos(TimeUnit.MILLISECONDS, millis);
  }
}
