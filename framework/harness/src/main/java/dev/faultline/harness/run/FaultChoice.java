package dev.faultline.harness.run;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.json.Durations;
import dev.faultline.spec.Claim;
import dev.faultline.spec.FaultKinds;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which kinds of faults a run may have, and a seeded plan of them. */
final class FaultChoice {
  /** Rate error that a default plan uses where no claim sets a bound. */
  private static final long DRIFT_PPM = 50_000;

  private FaultChoice() {}

  /** A plan of these kinds for a spec that was planned before. */
  static FaultPlan mix(RunSpec spec, Planner.Cast cast, List<String> kinds) {
    return mix(
        kinds, cast.target(), cast.workload().clientInterface().id(), spec.claims(), cast.plan());
  }

  /** The kinds asked for, or all that are claimed, for a spec that was planned before. */
  static List<String> kinds(RunSpec spec, @Nullable List<String> asked) {
    Planner.Cast cast = Planner.cast(spec);
    return kinds(asked, cast.environment(), cast.deployment(), cast.target());
  }

  /** What plans for such a spec are made of; no events are known yet. */
  static Terrain terrain(Planner.Cast cast, List<String> kinds) {
    String clientInterface = cast.workload().clientInterface().id();
    return new Terrain(
        kinds,
        cast.plan().members(),
        List.copyOf(new TreeSet<>(cast.target().selectors(clientInterface).keySet())),
        cast.target().anchors(clientInterface),
        Map.of(),
        storing(cast.target(), cast.plan().members()),
        cast.plan().timing().detection(),
        cast.plan().setup().time());
  }

  /**
   * Kinds asked for, or all that some claim bears, as far as the environment can do them. A mix
   * disturbs links between nodes, and where there is one node there are none.
   */
  static List<String> kinds(
      @Nullable List<String> asked, Environment environment, Deployment deployment, Target target) {
    Set<String> capabilities = new TreeSet<>(environment.capabilities(deployment));
    if (deployment.nodes().size() == 1) {
      capabilities.removeIf(kind -> kind.equals("partition") || kind.startsWith("link."));
    }
    Set<String> kinds = new TreeSet<>();
    if (asked == null) {
      kinds.addAll(borne(target, capabilities));
    } else {
      for (String word : asked) {
        kinds.addAll(
            Profile.named(word)
                ? profile(word, environment, borne(target, capabilities), target)
                : possible(word, environment, capabilities));
      }
    }
    return List.copyOf(kinds);
  }

  /** For one run: a profile means some of its kinds, which the seed chooses. */
  static List<String> chosen(
      @Nullable List<String> asked,
      Environment environment,
      Deployment deployment,
      Target target,
      long seed) {
    List<String> kinds = kinds(asked, environment, deployment, target);
    return asked != null && asked.stream().anyMatch(Profile::named)
        ? Profile.swarm(kinds, seed)
        : kinds;
  }

  /** What some claim bears, as far as it can be done. */
  private static Set<String> borne(Target target, Set<String> capabilities) {
    Set<String> kinds = new TreeSet<>();
    for (Claim claim : target.claims()) {
      for (String word : claim.under()) {
        FaultKinds.expand(word).stream().filter(capabilities::contains).forEach(kinds::add);
      }
    }
    return kinds;
  }

  private static List<String> profile(
      String word, Environment environment, Set<String> borne, Target target) {
    List<String> kinds = Profile.of(word).kinds().stream().filter(borne::contains).toList();
    if (kinds.isEmpty()) {
      throw new EnvironmentException(
          "--faults %s: %s claims to bear none of its kinds in environment %s; it bears there: %s"
              .formatted(word, target.id(), environment.id(), String.join(", ", borne)));
    }
    return kinds;
  }

  static FaultPlan mix(
      List<String> kinds,
      Target target,
      String clientInterface,
      List<Claim> claims,
      Workload.Plan plan) {
    if (kinds.isEmpty()) {
      return FaultPlan.NONE;
    }
    long drift =
        claims.stream()
            .mapToLong(Claim::maxDriftPpm)
            .filter(d -> d != Long.MAX_VALUE)
            .min()
            .orElse(DRIFT_PPM);
    FaultPlan faults =
        new FaultMix(
                kinds,
                plan.members(),
                storing(target, plan.members()),
                List.copyOf(new TreeSet<>(target.selectors(clientInterface).keySet())),
                target.anchors(clientInterface),
                plan.timing(),
                drift,
                plan.setup().seed())
            .plan(plan.setup().time());
    if (faults.faults().isEmpty()) {
      throw new EnvironmentException(
          "--time %s is too short for a fault on %s, which gives a node up after %s; raise --time, or use --faults none"
              .formatted(
                  Durations.format(plan.setup().time()),
                  target.id(),
                  Durations.format(plan.timing().detection())));
    }
    return faults;
  }

  private static List<String> storing(Target target, Map<String, String> members) {
    List<String> storing =
        members.entrySet().stream()
            .filter(member -> target.stores(member.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return storing.isEmpty() ? List.copyOf(members.keySet()) : storing;
  }

  private static List<String> possible(
      String word, Environment environment, Set<String> capabilities) {
    List<String> kinds;
    try {
      kinds = FaultKinds.expand(word);
    } catch (IllegalArgumentException e) {
      List<String> profiles = List.of(Profile.values()).stream().map(Profile::id).toList();
      throw new EnvironmentException(
          "--faults: " + e.getMessage() + "; profiles: " + String.join(", ", profiles), e);
    }
    List<String> possible = kinds.stream().filter(capabilities::contains).toList();
    if (possible.isEmpty()) {
      throw new EnvironmentException(
          "--faults %s: environment %s cannot do that on this target; it can do: %s"
                  .formatted(word, environment.id(), String.join(", ", new TreeSet<>(capabilities)))
              + (FaultKinds.ofProcesses().containsAll(kinds) ? "" : "; only --env sim can"));
    }
    return possible;
  }
}
