package dev.faultline.harness.run;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Durations;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultKinds;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares a plan with what can be done, before anything starts: a plan that cannot be carried out
 * stops here, rather than testing less than was asked.
 */
final class PlanCheck {
  /** A clock is read within about this much. */
  private static final long CLOCK_UNCERTAINTY_NANOS = 2_000_000;

  private final String place;
  private final Set<String> capabilities;
  private final Map<String, String> refusals;
  private final Deployment deployment;
  private final Set<String> clients;
  private final Map<String, String> selectors;
  private final Duration time;
  private final String environment;

  /**
   * @param place how to name the plan in an error
   * @param refusals why the environment cannot do other kinds
   * @param clients names of clients that can be meant; of all for links, hosted ones as nodes too
   */
  PlanCheck(
      String place,
      String environment,
      Set<String> capabilities,
      Map<String, String> refusals,
      Deployment deployment,
      Set<String> clients,
      Map<String, String> selectors,
      Duration time) {
    this.place = place;
    this.environment = environment;
    this.capabilities = capabilities;
    this.refusals = refusals;
    this.deployment = deployment;
    this.clients = clients;
    this.selectors = selectors;
    this.time = time;
  }

  /**
   * @throws EnvironmentException naming the first fault that cannot be carried out
   */
  void check(FaultPlan plan) {
    for (int i = 0; i < plan.faults().size(); i++) {
      Fault fault = plan.faults().get(i);
      String where = place + ": faults[" + i + "] (" + fault.id() + "): ";
      String problem = problem(fault);
      if (problem != null) {
        throw new EnvironmentException(where + problem);
      }
    }
  }

  private @Nullable String problem(Fault fault) {
    for (String kind : fault.kinds()) {
      if (!capabilities.contains(kind)) {
        return refused(kind, environment, capabilities, refusals.get(kind));
      }
    }
    Duration start =
        switch (fault.from()) {
          case Anchor.At at -> at.at();
          case Anchor.On on -> on.after();
        };
    if (start.compareTo(time) >= 0) {
      return "starts at %s, and the run lasts %s; start it earlier, or raise --time"
          .formatted(Durations.format(start), Durations.format(time));
    }
    for (String name : names(fault)) {
      String problem = unknown(name, fault);
      for (String kind :
          problem == null && clients.contains(name) ? fault.kinds() : List.<String>of()) {
        String ofClient = ClientFaults.problem(kind);
        problem = ofClient == null ? problem : "'%s': %s".formatted(name, ofClient);
      }
      if (problem != null) {
        return problem;
      }
    }
    if (fault instanceof Fault.Partition p
        && p.shape() instanceof Shape.Ring
        && deployment.members().size() < 4) {
      return "a ring of %d nodes cuts nothing, since each sees both of its neighbours; use 'isolate', or 4 nodes or more"
          .formatted(deployment.members().size());
    }
    String noLog = LogAnchors.problem(fault, deployment);
    return noLog == null && fault instanceof Fault.Clock clock ? clock(clock) : noLog;
  }

  /** What to say of a kind that cannot be carried out. */
  static String refused(
      String kind, String environment, Set<String> capabilities, @Nullable String why) {
    if (why != null) {
      return "environment %s cannot do '%s' on this target: %s".formatted(environment, kind, why);
    }
    return "environment %s cannot do '%s' on this target; it can do: %s"
            .formatted(environment, kind, String.join(", ", new TreeSet<>(capabilities)))
        + (FaultKinds.ofProcesses().contains(kind) ? "" : "; only --env sim can");
  }

  private static List<String> names(Fault fault) {
    List<String> names = new ArrayList<>();
    switch (fault) {
      case Fault.Partition p -> {
        switch (p.shape()) {
          case Shape.Groups g -> g.groups().forEach(names::addAll);
          case Shape.Isolate i -> names.add(i.node());
          case Shape.Bridge b -> names.add(b.node());
          case Shape.Ring r -> {
            // Names nobody.
          }
          case Shape.Split s -> {
            names.add(s.of());
            if (!s.node().isEmpty()) {
              names.add(s.node());
            }
          }
          case Shape.Pairs pairs ->
              pairs
                  .pairs()
                  .forEach(l -> {
                    names.add(l.from());
                    names.add(l.to());
                  });
        }
      }
      case Fault.LinkFault l -> names.addAll(List.of(l.source(), l.target()));
      case Fault.Pause p -> names.add(p.node());
      case Fault.Kill k -> names.add(k.node());
      case Fault.Stop s -> names.add(s.node());
      case Fault.Clock c -> names.add(c.node());
      case Fault.Admin a -> names.add(a.node());
      case Fault.Disk d -> names.add(d.node());
    }
    return names;
  }

  private @Nullable String unknown(String name, Fault fault) {
    Set<String> known = new LinkedHashSet<>(deployment.members().keySet());
    known.addAll(clients);
    if (name.equals("*")) {
      return null;
    }
    if (name.equals("clients")) {
      return fault instanceof Fault.Partition || fault instanceof Fault.LinkFault
          ? null
          : "'clients' are ends of links; name one, such as c1";
    }
    if (name.equals("$event")) {
      return fault.from() instanceof Anchor.On
          ? null
          : "'$event' needs an event as anchor, such as \"from\": {\"on\": \"granted\"}";
    }
    if (name.startsWith("$")) {
      return selectors.containsKey(name)
          ? null
          : "no selector '%s'; known: $event%s"
              .formatted(
                  name, String.join("", selectors.keySet().stream().map(s -> ", " + s).toList()));
    }
    if (name.startsWith("role:")) {
      Set<String> roles = new LinkedHashSet<>(deployment.members().values());
      return roles.contains(name.substring(5))
          ? null
          : "no '%s'; roles: %s".formatted(name, String.join(", ", roles));
    }
    if (name.equals("time")) {
      return deployment.nodes().stream().anyMatch(ClockMeans::followsTime)
          ? null
          : "no node of this target follows the time server";
    }
    return known.contains(name)
        ? null
        : "no node '%s'; known: %s".formatted(name, String.join(", ", known));
  }

  private @Nullable String clock(Fault.Clock clock) {
    long lost = clock.lasting().toNanos();
    if (clock.freeze() && lost < 10 * CLOCK_UNCERTAINTY_NANOS) {
      return "a clock that stands for %s is too little to be measured; make it longer"
          .formatted(Durations.format(clock.lasting()));
    }
    long gained = Math.abs(clock.driftPpm()) * clock.lasting().toMillis() / 1_000 * 1_000;
    if (clock.offset().isZero() && !clock.freeze() && gained < 10 * CLOCK_UNCERTAINTY_NANOS) {
      return "a drift of %dppm over %s is %d us, too little to be measured; make it longer or faster"
          .formatted(clock.driftPpm(), Durations.format(clock.lasting()), gained / 1_000);
    }
    return ClockMeans.problem(clock, deployment);
  }
}
