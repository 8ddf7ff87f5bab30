package dev.faultline.checker.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations of which none covers another. */
final class Frontier {
  private final Map<Integer, List<Configuration>> byState = new HashMap<>();
  private int size;

  /** Adds it unless one that covers it is here; those that it covers go. */
  boolean add(Configuration added) {
    List<Configuration> peers = byState.computeIfAbsent(added.state, s -> new ArrayList<>(2));
    for (Configuration peer : peers) {
      if (peer.covers(added)) {
        return false;
      }
    }
    size -= peers.size();
    peers.removeIf(added::covers);
    peers.add(added);
    size += peers.size();
    return true;
  }

  int size() {
    return size;
  }

  /** All of them, by state in the order of their numbers. */
  List<Configuration> all() {
    List<Configuration> all = new ArrayList<>(size);
    if (byState.size() == 1) {
      byState.values().forEach(all::addAll);
      return all;
    }
    byState.keySet().stream().sorted().forEach(s -> all.addAll(byState.getOrDefault(s, List.of())));
    return all;
  }
}
