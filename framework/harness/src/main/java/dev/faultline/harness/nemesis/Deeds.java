package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.nemesis.Resolver.Unresolved;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import dev.faultline.spec.Unsynced;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a deed of a fault: who is meant is settled now. */
final class Deeds {
  private final Cluster cluster;
  private final Resolver resolver;
  private final Async async;
  private final LinkTable links;
  private final ClockTable clocks;
  private final DiskTable disks;
  private final Baseline baseline;
  private final Set<String> down;

  /**
   * @param down nodes that are killed or frozen, kept up to date by the nemesis
   */
  Deeds(
      Cluster cluster,
      Resolver resolver,
      Async async,
      LinkTable links,
      ClockTable clocks,
      Baseline baseline,
      Set<String> down) {
    this.cluster = cluster;
    this.resolver = resolver;
    this.async = async;
    this.links = links;
    this.clocks = clocks;
    this.disks = new DiskTable(cluster);
    this.baseline = baseline;
    this.down = down;
  }

  /**
   * @param emitter whose event was the anchor, if one was
   * @throws Unresolved if there is nobody that it can hit now
   */
  Deed of(Fault fault, @Nullable String emitter) throws Unresolved {
    return switch (fault) {
      case Fault.Partition p -> {
        Resolver.Cut cut = resolver.cut(p, emitter);
        yield linkDeed(p, cut.text(), cut.links(), new LinkState(p.mode(), Fault.Effect.NONE));
      }
      case Fault.LinkFault l -> {
        Set<Link> touched = resolver.touched(l, emitter);
        yield linkDeed(l, "", touched, new LinkState(null, l.effect()));
      }
      case Fault.Pause p -> processDeed(p.node(), emitter, cluster::pause, cluster::resume, "", "");
      case Fault.Kill k -> {
        boolean loses = k.disk() == Unsynced.LOSE || k.disk() == Unsynced.TORN;
        yield processDeed(
            k.node(),
            emitter,
            n -> cluster.kill(n, k.disk()),
            cluster::restart,
            loses ? "lost" : "",
            k.disk() == Unsynced.WIPE ? "wiped" : "");
      }
      case Fault.Stop s -> processDeed(s.node(), emitter, cluster::stop, cluster::restart, "", "");
      case Fault.Admin a -> {
        String node = resolver.one(a.node(), emitter);
        yield new AdminDeed(a, node, resolver.describe(node), cluster);
      }
      case Fault.Disk d -> {
        String node = resolver.one(d.node(), emitter);
        yield new DiskDeed(
            d, node, resolver.describe(node), cluster, disks, async, n -> !down.contains(n));
      }
      case Fault.Clock c -> {
        String node = resolver.one(c.node(), emitter);
        yield new ClockDeed(c, node, resolver.describe(node), cluster, clocks, links, async);
      }
    };
  }

  private Deed processDeed(
      String name,
      @Nullable String emitter,
      ProcessDeed.Act down,
      ProcessDeed.Act up,
      String lost,
      String gone)
      throws Unresolved {
    List<String> nodes = resolver.all(name, emitter);
    String target = String.join(", ", nodes.stream().map(resolver::describe).toList());
    return new ProcessDeed(nodes, target, down, up, lost, gone);
  }

  private Deed linkDeed(Fault fault, String text, Set<Link> wanted, LinkState state)
      throws Unresolved {
    Set<Link> there = new HashSet<>(cluster.links());
    List<Link> found = new ArrayList<>(wanted);
    found.removeIf(l -> !there.contains(l));
    if (found.isEmpty()) {
      throw new Unresolved("there is no link " + (text.isEmpty() ? wanted : text));
    }
    String named =
        text.isEmpty() ? String.join(", ", found.stream().map(Link::toString).toList()) : text;
    Map<Link, LinkState> states = new LinkedHashMap<>();
    found.forEach(l -> states.put(l, state));
    return new LinkDeed(
        fault.id(),
        named,
        states,
        cluster,
        links,
        async,
        baseline,
        fault.lasting(),
        l -> !down.contains(l.from()) && !down.contains(l.to()));
  }
}
