package dev.faultline.proxy;

import java.util.Arrays;

/**
 * Bytes that arrived together, or {@link #END}; told apart by identity. The array is never written
 * again, so that parts can share it.
 */
final class Chunk {
  /** The sender has closed, or a toxic did as if. */
  static final Chunk END = new Chunk(new byte[0], 0, 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final long at;

  private Chunk(byte[] bytes, int from, int to, long at) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.at = at;
  }

  static Chunk copyOf(byte[] bytes, int length, long at) {
    return new Chunk(Arrays.copyOf(bytes, length), 0, length, at);
  }

  boolean end() {
    return this == END;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int length() {
    return to - from;
  }

  /** When they arrived, in nanoseconds of their connection. */
  long at() {
    return at;
  }

  /** The same bytes, as if they arrived then. */
  Chunk at(long when) {
    return new Chunk(bytes, from, to, when);
  }

  /** The first bytes. */
  Chunk first(int length) {
    return new Chunk(bytes, from, from + length, at);
  }

  /** All but the first bytes. */
  Chunk without(int length) {
    return new Chunk(bytes, from + length, to, at);
  }
}
