package dev.faultline.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a process of a run is for: how it is started and spoken to. */
interface Role {
  /** The command of an incarnation. */
  ProcessBuilder command(int incarnation);

  /** Returns when the fresh process listens. */
  void connect(Duration within) throws IOException;

  /** Returns when what runs in it has begun. */
  void begin(Duration within) throws IOException;

  /** Asks it to end gracefully. */
  void stop();

  /**
   * Lets it die while it has something unsynced.
   *
   * @return how many writes did not survive whole
   */
  default long strike(boolean torn) throws IOException {
    throw new IOException("it keeps nothing on a disk");
  }

  /** What its last start took from its disk, for the proof of a restart. */
  default Map<String, @Nullable Object> wiped() {
    return Map.of();
  }

  /** Completes when all that it said was heard. */
  CompletableFuture<Void> ended();
}
