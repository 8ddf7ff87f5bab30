package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What every active fault does to every link. The state of a link is the fold over the faults on
 * it, so that healing one keeps the others.
 */
final class LinkTable {
  private final Cluster cluster;
  private final Map<String, Map<Link, LinkState>> active = new LinkedHashMap<>();

  LinkTable(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Sets what one fault does, in place of what it did. */
  CompletableFuture<Void> put(String fault, Map<Link, LinkState> states) {
    Map<Link, LinkState> before = active.put(fault, new LinkedHashMap<>(states));
    return carryOut(before == null ? states.keySet() : union(before.keySet(), states.keySet()));
  }

  /** Takes a fault's part away. */
  CompletableFuture<Void> remove(String fault) {
    Map<Link, LinkState> gone = active.remove(fault);
    return gone == null ? CompletableFuture.completedFuture(null) : carryOut(gone.keySet());
  }

  LinkState state(Link link) {
    LinkState state = LinkState.CLEAR;
    for (Map<Link, LinkState> states : active.values()) {
      state = state.and(states.getOrDefault(link, LinkState.CLEAR));
    }
    return state;
  }

  /** The links that nothing disturbs, in the cluster's order. */
  List<Link> clear() {
    return cluster.links().stream().filter(l -> state(l).equals(LinkState.CLEAR)).toList();
  }

  private CompletableFuture<Void> carryOut(Set<Link> links) {
    Map<Link, LinkState> states = new LinkedHashMap<>();
    links.forEach(l -> states.put(l, state(l)));
    return cluster.setLinks(states);
  }

  private static Set<Link> union(Set<Link> a, Set<Link> b) {
    Set<Link> both = new java.util.LinkedHashSet<>(a);
    both.addAll(b);
    return both;
  }
}
