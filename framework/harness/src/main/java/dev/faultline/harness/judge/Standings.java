package dev.faultline.harness.judge;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import dev.faultline.spec.RunSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which properties count in a run. A claim of a property that this workload does not judge is
 * passed over: a target's claims span all of its workloads.
 */
final class Standings {
  private static final String ALL = "all";

  /** What one node believes, and progress: meaningless unless somebody wants just that. */
  private static final Set<String> ONLY_BY_NAME =
      Set.of("lease.belief-exclusive", "leader.no-overlapping-belief");

  /** Rules whose violation is legal when a fault lasts longer than was planned. */
  private static final Set<String> BY_MAGNITUDE =
      Set.of("lease.belief-exclusive", "lease.minimum-term", "leader.no-overlapping-belief");

  private static final String LIVENESS = "live.";
  private static final String STALENESS = "stale.";

  private final RunSpec run;
  private final FaultLog faults;

  Standings(RunSpec run, FaultLog faults) {
    this.run = run;
    this.faults = faults;
  }

  Standing standing(String property) {
    if (claim(property) != null) {
      return Standing.CLAIMED;
    }
    boolean all = run.expects().contains(ALL) && !onlyByName(property);
    return all || run.expects().contains(property) ? Standing.EXPECTED : Standing.OBSERVED;
  }

  /** Why a property does not count; empty if it does. */
  String reason(String property) {
    if (standing(property) != Standing.OBSERVED) {
      return "";
    }
    for (Claim claim : run.claims()) {
      String outside = claim.outside(run.plan(), run.options());
      if (claim.property().equals(property) && outside != null) {
        return outside;
      }
    }
    return run.expects().contains(ALL)
        ? "counts only when named: --expect " + property
        : "not claimed by " + run.target();
  }

  /**
   * Why a violation of this property could be the fault's doing: the fault may have been larger
   * than the promise bears. Null if every bound that matters is proven.
   */
  @Nullable String unbounded(Finding finding) {
    String property = finding.property();
    if (byMagnitude(property)) {
      return faults.unbounded(f -> true);
    }
    Claim claim = claim(property);
    return claim != null && claim.maxDriftPpm() != Long.MAX_VALUE
        ? faults.unbounded(f -> f.kinds().contains("clock.rate"))
        : null;
  }

  /** Whether a violation is legal under a fault that is larger than planned. */
  static boolean byMagnitude(String property) {
    return BY_MAGNITUDE.contains(property)
        || property.startsWith(LIVENESS)
        || property.startsWith(STALENESS);
  }

  /** What was expected by name and has no checker. */
  List<Finding> unjudged() {
    List<String> judged = run.checkers().stream().map(CheckerSpec::property).toList();
    return run.expects().stream()
        .filter(property -> !property.equals(ALL) && !judged.contains(property))
        .map(property ->
            new Finding(
                property,
                "",
                Standing.EXPECTED,
                "",
                new Verdict.Unknown(
                    "workload " + run.workload() + " has no checker for it",
                    "take it out of --expect, or choose another workload")))
        .toList();
  }

  /** A claim of the property that holds under this plan and these options. */
  private @Nullable Claim claim(String property) {
    return run.claims().stream()
        .filter(c -> c.property().equals(property))
        .filter(c -> c.outside(run.plan(), run.options()) == null)
        .findFirst()
        .orElse(null);
  }

  private static boolean onlyByName(String property) {
    return ONLY_BY_NAME.contains(property)
        || property.startsWith(LIVENESS)
        || property.startsWith(STALENESS);
  }
}
