package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.spec.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What every active fault does to every disk; a disk's state is all of it at once. */
final class DiskTable {
  private final Cluster cluster;
  private final Map<String, Map<String, Trouble>> active = new LinkedHashMap<>();

  DiskTable(Cluster cluster) {
    this.cluster = cluster;
  }

  CompletableFuture<Void> put(String fault, String node, Trouble trouble) {
    active.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(fault, trouble);
    return cluster.setDisk(node, state(node));
  }

  CompletableFuture<Void> remove(String fault, String node) {
    Map<String, Trouble> troubles = active.get(node);
    if (troubles != null) {
      troubles.remove(fault);
    }
    return cluster.setDisk(node, state(node));
  }

  Trouble state(String node) {
    return active.getOrDefault(node, Map.of()).values().stream().reduce(Trouble.NONE, Trouble::and);
  }
}
