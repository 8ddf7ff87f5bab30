package dev.faultline.harness.run;

import dev.faultline.spec.RunSpec;

/**
 * How large a run is, with the defaults filled in.
 *
 * @param nodes of the cluster, whatever their role
 * @param clients of the workload
 */
public record Size(int nodes, int clients) {
  /**
   * The size of this spec's run.
   *
   * @throws dev.faultline.harness.EnvironmentException if the spec cannot be carried out
   */
  public static Size of(RunSpec spec) {
    Planner.Cast cast = Planner.cast(spec);
    return new Size(cast.plan().members().size(), cast.workload().clients(cast.plan()).size());
  }
}
