package dev.faultline.harness;

import java.time.Duration;
import java.util.Map;

/**
 * What a target or workload needs to know about a run.
 *
 * @param options all options of target and workload, defaults included
 * @param nodes as asked for; 0 for the target's default
 * @param concurrency clients as asked for; 0 for the workload's default
 * @param rate operations a second over all clients; 0 for the workload's own pace
 * @param time length of the main phase
 */
public record Setup(
    String variant,
    String environment,
    Map<String, String> options,
    int nodes,
    int concurrency,
    double rate,
    Duration time,
    long seed) {
  /** An option that target or workload declares, so that it is always there. */
  public String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no option '" + name + "' among " + options.keySet());
    }
    return value;
  }
}
