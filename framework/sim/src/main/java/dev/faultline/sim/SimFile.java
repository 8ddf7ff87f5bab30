package dev.faultline.sim;

import dev.faultline.spec.Unsynced;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One file: what the device has, what the system shows, and the writes between the two. A write
 * whose sync failed is shown but never goes to the device, as on systems that take a page for clean
 * when they could not write it; what was to go behind it leaves a hole of zeros.
 *
 * @see "Rebello et al.: Can Applications Recover from fsync Failures?, USENIX ATC 2020"
 */
final class SimFile {
  private final Content device = new Content();
  private final Content shown = new Content();
  private final Deque<Write> dirty = new ArrayDeque<>();
  private long written;

  /** A change of a file; never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  private sealed interface Write {
    /** Bytes at an offset. */
    record Part(int offset, byte[] data) implements Write {}

    /** A whole content, or null: no file. */
    record Whole(byte @Nullable [] data) implements Write {}

    record Cut(int size) implements Write {}
  }

  /** Bytes that grow; or no file. */
  private static final class Content {
    byte[] bytes = {};
    int size;
    boolean exists;

    void apply(Write write) {
      switch (write) {
        case Write.Part part -> part(part.offset, part.data, part.data.length);
        case Write.Whole whole -> {
          exists = whole.data != null;
          bytes = whole.data == null ? new byte[0] : whole.data.clone();
          size = bytes.length;
        }
        case Write.Cut cut -> {
          exists = true;
          resize(cut.size);
        }
      }
    }

    void part(int offset, byte[] data, int length) {
      exists = true;
      resize(Math.max(size, offset + length));
      System.arraycopy(data, 0, bytes, offset, length);
    }

    private void resize(int next) {
      if (next > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(next, bytes.length * 2));
      } else if (next > size) {
        Arrays.fill(bytes, size, next, (byte) 0);
      }
      size = next;
    }

    void copy(Content other) {
      bytes = Arrays.copyOf(other.bytes, other.size);
      size = other.size;
      exists = other.exists;
    }
  }

  boolean exists() {
    return shown.exists;
  }

  int size() {
    return shown.size;
  }

  byte[] read() {
    return Arrays.copyOf(shown.bytes, shown.size);
  }

  void part(int offset, byte[] data) {
    put(new Write.Part(offset, data.clone()));
  }

  void whole(byte @Nullable [] data) {
    put(new Write.Whole(data == null ? null : data.clone()));
  }

  void cut(int size) {
    put(new Write.Cut(size));
  }

  private void put(Write write) {
    shown.apply(write);
    dirty.add(write);
    written++;
  }

  /** How many writes there were, for {@link #flush}. */
  long written() {
    return written;
  }

  boolean isDirty() {
    return !dirty.isEmpty();
  }

  /** Takes all writes up to this one to the device, but for those that went before. */
  void flush(long upTo) {
    for (long next = written - dirty.size(); next < upTo; next++) {
      device.apply(dirty.remove());
    }
  }

  /**
   * Gives up all writes up to this one.
   *
   * @return whether there were any left that need room
   */
  boolean drop(long upTo) {
    boolean any = false;
    for (long next = written - dirty.size(); next < upTo; next++) {
      Write write = dirty.remove();
      boolean needsNone =
          write instanceof Write.Cut || (write instanceof Write.Whole whole && whole.data == null);
      if (needsNone) {
        device.apply(write);
      }
      any |= !needsNone;
    }
    return any;
  }

  /**
   * The machine's memory is gone.
   *
   * @return how many writes did not survive whole
   */
  int crash(Unsynced how, RandomGenerator draw) {
    int whole =
        switch (how) {
          case KEEP_PREFIX -> draw.nextInt(dirty.size() + 1);
          case LOSE, WIPE -> 0;
          case TORN -> Math.max(0, dirty.size() - 1);
        };
    for (int i = 0; i < whole; i++) {
      device.apply(dirty.remove());
    }
    int lost = dirty.size();
    if (how == Unsynced.TORN && dirty.peek() instanceof Write.Part torn && torn.data.length > 1) {
      device.part(torn.offset, torn.data, 1 + draw.nextInt(torn.data.length - 1));
    }
    dirty.clear();
    shown.copy(device);
    return lost;
  }

  int onDevice() {
    return device.size;
  }

  /** Flips a bit on the device; who has read the file before does not see it. */
  void flip(int at, int bit) {
    device.bytes[at] ^= (byte) (1 << bit);
  }
}
