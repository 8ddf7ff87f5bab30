package dev.faultline.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Changes one byte of a share of the chunks. A connection that begins with a probe of the node kit
 * is spared. A connection of which something was changed ends when the toxic is taken away: its
 * receiver may wait for bytes that a changed length promised.
 */
final class CorruptToxic implements Toxic {
  private static final String PROBE = "{\"probe\":";

  private final long percent;
  private final RandomGenerator random;
  private final LongAdder corrupted;
  private boolean begun;
  private boolean spared;
  private boolean changed;

  CorruptToxic(long percent, RandomGenerator random, LongAdder corrupted) {
    this.percent = percent;
    this.random = random;
    this.corrupted = corrupted;
  }

  @Override
  public Toxic after(Toxic earlier) {
    if (earlier instanceof CorruptToxic other) {
      begun = other.begun;
      spared = other.spared;
      changed = other.changed;
    }
    return this;
  }

  @Override
  public boolean endsWhenRemoved() {
    return changed;
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty() && (in.getFirst().end() || out.open())) {
      Chunk head = in.removeFirst();
      if (!begun && !head.end()) {
        begun = true;
        spared = beginsWithProbe(head);
      }
      boolean hit = random.nextInt(100) < percent;
      out.give(hit && !spared && !head.end() ? changed(head) : head);
    }
    return NEVER;
  }

  private Chunk changed(Chunk chunk) {
    byte[] bytes = Arrays.copyOfRange(chunk.bytes(), chunk.from(), chunk.from() + chunk.length());
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    changed = true;
    corrupted.increment();
    return Chunk.copyOf(bytes, bytes.length, chunk.at());
  }

  /** Within a first chunk of a header and some text. */
  static boolean beginsWithProbe(Chunk chunk) {
    int length = Math.min(chunk.length(), 64);
    return new String(chunk.bytes(), chunk.from(), length, StandardCharsets.ISO_8859_1)
        .contains(PROBE);
  }
}
