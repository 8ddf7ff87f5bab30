package dev.faultline.harness.run;

import dev.faultline.history.Entry;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.util.Map;

/** Hears how a run goes on; called on the run's loop, so it must be quick. */
public interface Progress {
  /** Nobody listens. */
  Progress NONE = new Progress() {};

  /** The run directory exists, nothing is started yet. */
  default void planned(RunSpec run, Path dir, Map<String, String> members) {}

  /**
   * A phase begins: {@code start}, {@code run}, {@code heal}, {@code final}, {@code stop}, {@code
   * check}.
   */
  default void phase(String name) {}

  /** An entry was written to the history. */
  default void entry(Entry entry) {}
}
