package dev.faultline.harness.run;

import dev.faultline.harness.Workload;
import dev.faultline.spec.RunSpec;
import java.util.List;

/**
 * How large a run is, with the defaults filled in.
 *
 * @param nodes of the cluster, whatever their role
 * @param who the clients of the workload, whether or not a script uses them
 */
public record Size(int nodes, List<Workload.ClientSpec> who) {
  public Size {
    who = List.copyOf(who);
  }

  /**
   * The size of this spec's run.
   *
   * @throws dev.faultline.harness.EnvironmentException if the spec cannot be carried out
   */
  public static Size of(RunSpec spec) {
    Planner.Cast cast = Planner.cast(spec);
    return new Size(cast.plan().members().size(), cast.workload().clients(cast.plan()));
  }

  /** How many clients. */
  public int clients() {
    return who.size();
  }
}
