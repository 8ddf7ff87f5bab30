package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.Probe;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.nemesis.Resolver.Unresolved;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Link;
import dev.faultline.spec.Shape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How links were before any fault: what passes nothing anyway is not seen to be cut. Looked at when
 * the main phase begins, since a fault that waits for an event must not wait for a probe.
 */
final class Baseline {
  /** More links than this are not looked at: their probes would disturb what is tested. */
  private static final int MOST = 48;

  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final LinkTable table;
  private final Async async;
  private final Resolver resolver;
  private final Set<String> members;
  private final Map<Link, Probe> seen = new LinkedHashMap<>();

  Baseline(Cluster cluster, LinkTable table, Async async, Resolver resolver, Set<String> members) {
    this.cluster = cluster;
    this.table = table;
    this.async = async;
    this.resolver = resolver;
    this.members = members;
  }

  /** Begins to look at the links that the plan may cut. */
  void take(FaultPlan plan) {
    Set<Link> wanted = new LinkedHashSet<>();
    for (Fault fault : plan.faults()) {
      wanted.addAll(of(fault));
    }
    if (wanted.isEmpty()) {
      return;
    }
    Set<Link> there = Set.copyOf(cluster.links());
    wanted.stream().filter(there::contains).limit(MOST).forEach(this::look);
  }

  /** What was seen of a link before any fault, or null. Counters of silence say nothing. */
  @Nullable Probe of(Link link) {
    return seen.get(link);
  }

  private void look(Link link) {
    CompletableFuture<Probe> looked = cluster.glance(link, WITHIN);
    if (looked.isDone()) {
      CompletableFuture<Void> unused = looked.thenAccept(probe -> keep(link, probe));
      return;
    }
    CompletableFuture<Void> unused =
        async
            .until(() -> again(link, looked), Probe::passed, EVERY, WITHIN)
            .thenAccept(probe -> keep(link, probe));
  }

  private CompletableFuture<Probe> again(Link link, CompletableFuture<Probe> first) {
    return first.isDone() ? cluster.glance(link, WITHIN) : first;
  }

  private void keep(Link link, Probe probe) {
    boolean counted = probe.means().equals("counters") && !probe.passed();
    if (!counted && table.state(link).equals(LinkState.CLEAR)) {
      seen.put(link, probe);
    }
  }

  /** The links that a fault can mean; all between nodes where only the run tells. */
  private Set<Link> of(Fault fault) {
    try {
      return switch (fault) {
        case Fault.Partition p when names(p.shape()).contains("$") -> between();
        case Fault.Partition p -> resolver.cut(p, null).links();
        case Fault.LinkFault l when !l.effect().hang() && !l.effect().reset() -> Set.of();
        case Fault.LinkFault l when (l.source() + l.target()).contains("$") -> between();
        case Fault.LinkFault l -> resolver.touched(l, null);
        case Fault.Pause p -> Set.of();
        case Fault.Kill k -> Set.of();
        case Fault.Admin a -> Set.of();
        case Fault.Stop s -> Set.of();
        case Fault.Disk d -> Set.of();
        case Fault.Clock c -> Set.of();
      };
    } catch (Unresolved e) {
      return between();
    }
  }

  private static String names(Shape shape) {
    return switch (shape) {
      case Shape.Groups g -> g.groups().toString();
      case Shape.Isolate i -> i.node();
      case Shape.Bridge b -> b.node();
      case Shape.Ring r -> "";
      case Shape.Split s -> s.node() + s.of();
      case Shape.Pairs p -> p.pairs().toString();
    };
  }

  private Set<Link> between() {
    Set<Link> all = new LinkedHashSet<>(cluster.links());
    all.removeIf(l -> !members.contains(l.from()) || !members.contains(l.to()));
    return all;
  }
}
