package dev.faultline.containers;

import java.util.Map;

/** How everything that is made for a run is marked, so that it can be found and removed. */
final class Labels {
  /** The run's id. */
  static final String RUN = "dev.faultline.run";

  /** The process id of the harness. */
  static final String HARNESS = "dev.faultline.harness";

  private Labels() {}

  static Map<String, String> of(String runId) {
    return Map.of(RUN, runId, HARNESS, Long.toString(ProcessHandle.current().pid()));
  }

  /** A name for what is made for a run; the engine allows few characters. */
  static String name(String runId, String what) {
    return "faultline-" + (runId + "-" + what).replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
