package dev.faultline.node.process;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a node sees of a file whose writes are held back, and the writes. Who gives them up still
 * shows them: so real systems behave after a sync that failed.
 */
final class HeldFile {
  private final Deque<Write> writes = new ArrayDeque<>();
  private byte[] shown;
  private boolean exists;
  private long written;

  /** A change of a file; never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  sealed interface Write {
    /** Bytes at an offset. */
    record Part(long offset, byte[] data) implements Write {}

    /** A whole content, or null: no file. */
    record Whole(byte @Nullable [] data) implements Write {}

    record Cut(long size) implements Write {}
  }

  /**
   * @param content what the file has
   */
  HeldFile(byte[] content, boolean exists) {
    this.shown = content.clone();
    this.exists = exists;
  }

  byte[] read() {
    return shown.clone();
  }

  boolean exists() {
    return exists;
  }

  long size() {
    return shown.length;
  }

  void put(Write write) {
    writes.add(write);
    written++;
    switch (write) {
      case Write.Part part -> {
        exists = true;
        int end = Math.toIntExact(part.offset + part.data.length);
        shown = end > shown.length ? Arrays.copyOf(shown, end) : shown;
        System.arraycopy(part.data, 0, shown, (int) part.offset, part.data.length);
      }
      case Write.Whole whole -> {
        exists = whole.data != null;
        shown = whole.data == null ? new byte[0] : whole.data.clone();
      }
      case Write.Cut cut -> {
        exists = true;
        shown = Arrays.copyOf(shown, Math.toIntExact(cut.size));
      }
    }
  }

  /** How many writes there were, for {@link #next}. */
  long written() {
    return written;
  }

  int pending() {
    return writes.size();
  }

  /** The oldest write up to this one that is still held, no longer held; null if there is none. */
  @Nullable Write next(long upTo) {
    return written - writes.size() < upTo ? writes.poll() : null;
  }
}
