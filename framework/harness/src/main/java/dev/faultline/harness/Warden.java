package dev.faultline.harness;

import java.nio.file.Path;

/**
 * Sees that nothing outlives the harness, however it dies. What is registered here is ended by a
 * process of its own as soon as the harness is gone.
 */
public interface Warden {
  /** A process that we started is to be killed. */
  void process(long pid);

  /** A temporary directory is to be deleted. */
  void directory(Path directory);

  /** Everything that {@link Leftovers} finds for a run is to be removed. */
  void leftovers(String leftoversId, String runId);

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

    /** What there is, a line each, without removing it. Bounded, quick. */
    java.util.List<String> find();
  }
}
