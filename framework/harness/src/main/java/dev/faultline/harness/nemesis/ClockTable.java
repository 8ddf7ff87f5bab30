package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.ClockState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What every active fault does to every clock; a clock's state is their sum. */
final class ClockTable {
  private final Cluster cluster;
  private final Map<String, Map<String, ClockState>> active = new LinkedHashMap<>();

  ClockTable(Cluster cluster) {
    this.cluster = cluster;
  }

  CompletableFuture<Void> put(String fault, String node, ClockState state) {
    active.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(fault, state);
    return steer(node);
  }

  CompletableFuture<Void> remove(String fault, String node) {
    Map<String, ClockState> states = active.get(node);
    if (states != null) {
      states.remove(fault);
    }
    return steer(node);
  }

  /** Steers a node that has come up again, whose clock would be right otherwise. */
  CompletableFuture<Void> renew(String node) {
    return state(node).equals(ClockState.TRUE)
        ? CompletableFuture.completedFuture(null)
        : steer(node);
  }

  ClockState state(String node) {
    long offset = 0;
    long drift = 0;
    boolean frozen = false;
    for (ClockState s : active.getOrDefault(node, Map.of()).values()) {
      offset += s.offsetNanos();
      drift += s.driftPpm();
      frozen |= s.frozen();
    }
    return new ClockState(offset, drift, frozen);
  }

  private CompletableFuture<Void> steer(String node) {
    return cluster.setClock(node, state(node));
  }
}
