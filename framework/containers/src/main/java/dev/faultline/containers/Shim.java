package dev.faultline.containers;

import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * The control file of the library that is preloaded into a node's processes ({@code
 * images/shim/control.h} has its layout). Both sides map it, so that a change is seen at once. What
 * is wrong ends by itself unless it is renewed: then nobody is left who would end it.
 */
final class Shim {
  private static final int SIZE = 4096;
  private static final long MAGIC = 0x314d494853544c46L;
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int VERSION = 8;
  private static final int UNTIL = 16;
  private static final int OFFSET = 24;
  private static final int PPM = 32;
  private static final int SINCE = 40;
  private static final int FROZEN = 48;
  private static final int WRONG_READINGS = 56;

  private final Duration lease;
  private final MappedByteBuffer words;
  private ClockState clock = ClockState.TRUE;

  /** Makes the file, with which nothing is wrong, or finds it as it was made. */
  Shim(Path file, Duration lease) {
    this.lease = lease;
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Its processes may run as anybody.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      words = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + file + ": " + e.getMessage(), e);
    }
    put(0, MAGIC);
  }

  /** Sets how the wall clock is wrong, absolutely. An unchanged rate keeps its gain. */
  synchronized void set(ClockState state) {
    long now = System.nanoTime();
    put(VERSION, get(VERSION) | 1);
    if (state.frozen() != clock.frozen()) {
      put(FROZEN, state.frozen() ? wall(now) : 0);
    }
    put(OFFSET, state.offsetNanos());
    if (state.driftPpm() != clock.driftPpm()) {
      put(PPM, state.driftPpm());
      put(SINCE, now);
    }
    put(UNTIL, state.equals(ClockState.TRUE) ? 0 : now + lease.toNanos());
    put(VERSION, get(VERSION) + 1);
    clock = state;
  }

  /** What the node's wall clock shows now. */
  private long wall(long now) {
    Instant real = Instant.now();
    long elapsed = now - get(SINCE);
    return real.getEpochSecond() * 1_000_000_000L
        + real.getNano()
        + clock.offsetNanos()
        + elapsed / 1_000_000 * clock.driftPpm()
        + elapsed % 1_000_000 * clock.driftPpm() / 1_000_000;
  }

  /** Whoever wants it to go on is still there. */
  synchronized void renew(Duration term) {
    if (!clock.equals(ClockState.TRUE)) {
      put(UNTIL, System.nanoTime() + term.toNanos());
    }
  }

  /** How often the node's own processes were told a wrong time. */
  long wrongReadings() {
    return get(WRONG_READINGS);
  }

  private long get(int at) {
    return (long) WORD.getVolatile(words, at);
  }

  private void put(int at, long value) {
    WORD.setVolatile(words, at, value);
  }
}
