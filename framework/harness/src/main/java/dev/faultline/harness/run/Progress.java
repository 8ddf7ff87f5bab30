package dev.faultline.harness.run;

import dev.faultline.history.Entry;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.util.Map;

/** Hears how a run goes on; called on the run's loop, so it must be quick. */
public interface Progress {
  /** Nobody listens. */
  Progress NONE = new Progress() {};

  /** Both hear, in this order. */
  static Progress both(Progress first, Progress second) {
    return new Progress() {
      @Override
      public void planned(RunSpec run, Path dir, Map<String, String> members) {
        first.planned(run, dir, members);
        second.planned(run, dir, members);
      }

      @Override
      public void phase(String name) {
        first.phase(name);
        second.phase(name);
      }

      @Override
      public void entry(Entry entry) {
        first.entry(entry);
        second.entry(entry);
      }
    };
  }

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
