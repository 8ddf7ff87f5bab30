package dev.faultline.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An environment whose runs take place in virtual time, on the caller's thread. */
public interface VirtualTime extends Environment {
  /**
   * A fresh world, at its time 0.
   *
   * @param trace told of everything that happens in it, if not null
   */
  World world(long seed, @Nullable Trace trace);

  /** A fresh world that nobody listens to. */
  default World world(long seed) {
    return world(seed, null);
  }

  @Override
  default Cluster cluster(Request request) {
    throw new IllegalStateException("a cluster of '" + id() + "' belongs to a world");
  }

  /** One run's time and nodes. */
  interface World {
    Scheduler scheduler();

    Cluster cluster(Environment.Request request);

    /**
     * Everything random in the world is drawn anew from here on; what was drawn already stays, such
     * as when a message on its way arrives. For tasks of the scheduler.
     */
    void reseed(long salt);

    /**
     * Runs what is due, in order, until the future is complete; false if that did not happen within
     * this virtual time, or if nothing is left to do.
     *
     * @throws StormException if more and more is waiting
     */
    boolean run(CompletableFuture<?> until, Duration bound);
  }
}
