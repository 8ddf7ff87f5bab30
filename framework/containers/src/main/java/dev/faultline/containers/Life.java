package dev.faultline.containers;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What differs between a node of the kit, a real system's node, a client host and the rest. */
interface Life {
  /** Before each start. */
  void prepare(int incarnation) throws IOException;

  /** A container runs; before anything that it says. */
  default void running(long pid) {}

  /** Waits until its process is of use. */
  void started(int incarnation, Duration within) throws IOException;

  /** All members have started, or this one again: it may begin its work. */
  void begin(Duration within) throws IOException;

  /** It said something. */
  void line(String line);

  /** Asks it to end; whether it could be asked so, else a signal does it. */
  default boolean stop() {
    return false;
  }

  /**
   * Lets it die while it has something unsynced.
   *
   * @return how many writes did not survive whole
   */
  default long strike(boolean torn) throws IOException {
    throw new IOException("its disk is not ours to fail");
  }

  /** What its last start took from its disk, for the proof of a restart. */
  default Map<String, @Nullable Object> wiped() {
    return Map.of();
  }

  /** It ended though nobody asked it to. */
  void died(String why);

  /** The run is over. */
  void close();
}
