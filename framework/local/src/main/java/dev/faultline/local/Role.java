package dev.faultline.local;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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

  /** Completes when all that it said was heard. */
  CompletableFuture<Void> ended();
}
