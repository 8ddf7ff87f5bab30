package dev.faultline.harness.run;

import dev.faultline.harness.Target;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked for; nulls mean the default, which {@link Experiment#plan} fills in.
 *
 * @param target {@code grants} or {@code grants:no-fencing}
 * @param faults kinds for a seeded plan; empty for no faults; null for the default mix
 * @param plan faults as data; then {@code faults} is null
 * @param expects properties that count besides the claims; {@code all} for the workload's
 * @param rate operations a second over all clients; 0 for the workload's own pace
 */
public record Request(
    String target,
    @Nullable String workload,
    @Nullable String environment,
    @Nullable List<String> faults,
    @Nullable FaultPlan plan,
    List<String> expects,
    Map<String, String> options,
    @Nullable Duration time,
    @Nullable Long seed,
    int nodes,
    int concurrency,
    double rate) {
  /** A request with every default. */
  public static Request of(String target) {
    return new Request(target, null, null, null, null, List.of(), Map.of(), null, null, 0, 0, 0);
  }

  /** The same for a run as large as this; what was asked for wins. */
  Request within(Target.Extent extent) {
    return new Request(
        target,
        workload,
        environment,
        faults,
        plan,
        expects,
        options,
        time == null ? extent.length() : time,
        seed,
        nodes,
        concurrency,
        rate > 0 ? rate : extent.rate());
  }
}
