package dev.faultline.harness;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Sees that nothing outlives the harness, however it dies. What is registered here is ended by a
 * process of its own as soon as the harness is gone. If the harness hangs, so that it does not
 * renew its lease, faults are taken back and the rest is left alone.
 */
public interface Warden {
  /** A process that we started is to be killed. */
  void process(long pid);

  /** A temporary directory is to be deleted. */
  void directory(Path directory);

  /** Everything that {@link Leftovers} finds for a run is to be removed. */
  void leftovers(String leftoversId, String runId);

  /** The harness goes on; if this is not said again within the lease, it hangs. */
  default void renew(Duration lease) {}

  /** Finds and removes what earlier runs left behind; found by {@link java.util.ServiceLoader}. */
  interface Leftovers {
    /** Such as {@code containers}. */
    String id();

    /**
     * Removes what a run left; all runs' if {@code runId} is empty.
     *
     * @return what was removed, a line each
     */
    java.util.List<String> remove(String runId);

    /**
     * Takes the faults of a run back whose harness hangs: lets go on what is frozen, clears what is
     * cut. What is not a fault stays. Bounded.
     */
    default void heal(String runId) {}

    /** How many things of a run are frozen, besides processes that this machine stopped. */
    default int frozen(String runId) {
      return 0;
    }

    /** What there is, a line each, without removing it. Bounded, quick. */
    java.util.List<String> find();
  }
}
