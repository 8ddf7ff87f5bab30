package dev.faultline.proxy;

import dev.faultline.node.process.Frames;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Loses, doubles and delays whole frames of the node kit, as a datagram or a sender that reconnects
 * would show them. It must see a connection from its first byte. The first frame, which says what a
 * connection is for, and probes are spared; what is no sequence of frames passes as it is.
 */
final class FrameToxic implements Toxic {
  /** How much later than the first the second of two equal frames may come. */
  private static final int SECOND_WITHIN_MILLIS = 10;

  private static final int ROOM = 64;

  private final long lossPercent;
  private final long duplicatePercent;
  private final long reorderMillis;
  private final RandomGenerator random;
  private final FaultCounts counts;
  private final PriorityQueue<Late> late =
      new PriorityQueue<>(Comparator.comparingLong(Late::due).thenComparingLong(Late::number));
  private final Deque<Chunk> ready = new ArrayDeque<>();
  private byte[] part = new byte[0];
  private long number;
  private long newest;
  private boolean spared;

  /** A frame that comes later, or again. */
  private record Late(long due, long number, boolean again, Chunk chunk) {}

  FrameToxic(
      long lossPercent,
      long duplicatePercent,
      long reorderMillis,
      RandomGenerator random,
      FaultCounts counts) {
    this.lossPercent = lossPercent;
    this.duplicatePercent = duplicatePercent;
    this.reorderMillis = reorderMillis;
    this.random = random;
    this.counts = counts;
  }

  @Override
  public Toxic after(Toxic earlier) {
    if (earlier instanceof FrameToxic other) {
      late.addAll(other.late);
      ready.addAll(other.ready);
      part = other.part;
      number = other.number;
      newest = other.newest;
      spared = other.spared;
    }
    return this;
  }

  /** Every frame in full, then what is there of the next. */
  @Override
  public void release(Gate out) {
    while (!late.isEmpty()) {
      come(late.remove());
    }
    ready.forEach(out::give);
    ready.clear();
    if (part.length > 0) {
      out.give(Chunk.copyOf(part, part.length, 0));
      part = new byte[0];
    }
  }

  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (true) {
      while (!late.isEmpty() && late.element().due() <= now) {
        come(late.remove());
      }
      while (!ready.isEmpty() && out.open()) {
        out.give(ready.removeFirst());
      }
      if (in.isEmpty() || ready.size() >= ROOM) {
        return late.isEmpty() ? NEVER : late.element().due();
      }
      Chunk head = in.removeFirst();
      if (head.end()) {
        release(out);
        out.give(head);
        return NEVER;
      }
      take(head, now);
    }
  }

  private void take(Chunk chunk, long now) {
    byte[] all = Arrays.copyOf(part, part.length + chunk.length());
    System.arraycopy(chunk.bytes(), chunk.from(), all, part.length, chunk.length());
    int from = 0;
    for (int length = length(all, from); length > 0; length = length(all, from)) {
      byte[] frame = Arrays.copyOfRange(all, from, from + length);
      meet(Chunk.copyOf(frame, length, chunk.at()), now);
      from += length;
    }
    part = Arrays.copyOfRange(all, from, all.length);
  }

  /** Of the frame there, whole or what passes for one; 0 if more must come. */
  private int length(byte[] bytes, int from) {
    int there = bytes.length - from;
    if (there == 0 || spared) {
      return there;
    }
    if (there < Frames.HEADER_BYTES) {
      return 0;
    }
    int length = Frames.length(bytes, from);
    if (length < 0) {
      // No frames: from here on everything passes.
      spared = true;
      return there;
    }
    return there < length ? 0 : length;
  }

  private void meet(Chunk frame, long now) {
    number++;
    if (number == 1) {
      spared |= CorruptToxic.beginsWithProbe(frame);
    }
    boolean lost = random.nextInt(100) < lossPercent;
    boolean twice = random.nextInt(100) < duplicatePercent;
    long second = now + nanos(random.nextLong(SECOND_WITHIN_MILLIS * 1_000L));
    long later = now + nanos(random.nextLong(Math.max(1, reorderMillis * 1_000)));
    if (spared || number == 1) {
      ready.addLast(frame);
      newest = number;
    } else if (lost) {
      counts.lost().increment();
    } else {
      if (twice) {
        late.add(new Late(second, number, true, frame));
      }
      if (reorderMillis > 0) {
        late.add(new Late(later, number, false, frame));
      } else {
        come(new Late(now, number, false, frame));
      }
    }
  }

  private void come(Late frame) {
    if (frame.again()) {
      counts.duplicated().increment();
    } else if (frame.number() > newest) {
      newest = frame.number();
    } else {
      counts.overtaken().increment();
    }
    ready.addLast(frame.chunk());
  }

  private static long nanos(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(micros);
  }
}
