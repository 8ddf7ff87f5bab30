package dev.faultline.harness.search;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a history came through, told by hashes: the states of the cluster, as far as node events
 * show them, and which event followed which. Of facts only what is small is kept: truth values, a
 * role or state, and of a number whether it is a new highest, the highest, or behind. Reads one
 * history after the other, to make no garbage.
 */
final class Coverage {
  private static final Set<String> WORDS = Set.of("role", "state");

  private final Map<String, Long> latest = new HashMap<>();
  private final Map<String, Long> highest = new HashMap<>();
  private long[] states = new long[256];
  private long[] pairs = new long[512];
  private int stateCount;
  private int pairCount;

  /** Forgets what was read before. */
  void read(History history) {
    latest.clear();
    highest.clear();
    stateCount = 0;
    pairCount = 0;
    String before = "";
    long beforeHash = 0;
    // A sum, so that the order of nodes does not matter.
    long state = 0;
    for (Entry.Node event : history.nodeEvents()) {
      String node = event.node();
      if (node.equals(Probe.HARNESS)) {
        continue;
      }
      long hash = hash(event);
      long name = node.hashCode();
      Long own = latest.put(node, hash);
      pair(mix(mix(1, own == null ? 0 : own), hash));
      if (!before.isEmpty() && !before.equals(node)) {
        pair(mix(mix(2, beforeHash), hash));
      }
      state += mix(name, hash) - (own == null ? 0 : mix(name, own));
      state(mix(3, state));
      before = node;
      beforeHash = hash;
    }
  }

  void addTo(Distinct states, Distinct pairs) {
    for (int i = 0; i < stateCount; i++) {
      states.add(this.states[i]);
    }
    for (int i = 0; i < pairCount; i++) {
      pairs.add(this.pairs[i]);
    }
  }

  private void state(long hash) {
    if (stateCount == states.length) {
      states = Arrays.copyOf(states, stateCount * 2);
    }
    states[stateCount++] = hash;
  }

  private void pair(long hash) {
    if (pairCount == pairs.length) {
      pairs = Arrays.copyOf(pairs, pairCount * 2);
    }
    pairs[pairCount++] = hash;
  }

  private long hash(Entry.Node event) {
    long hash = event.name().hashCode();
    for (Map.Entry<String, @Nullable Object> fact : event.facts().entrySet()) {
      // A sum again: facts have no order.
      hash += mix(fact.getKey().hashCode(), small(fact.getKey(), fact.getValue()));
    }
    return hash;
  }

  private long small(String fact, @Nullable Object value) {
    return switch (value) {
      case Boolean truth -> truth ? 1 : 2;
      case Long number -> rank(fact, number);
      case String word when WORDS.contains(fact) -> word.hashCode();
      case null, default -> 0;
    };
  }

  private long rank(String fact, long value) {
    Long most = highest.get(fact);
    if (most == null || value > most) {
      highest.put(fact, value);
      return 3;
    }
    return value == most ? 4 : 5;
  }

  private static long mix(long a, long b) {
    long z = ((a * 0x9e3779b97f4a7c15L) ^ b) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 30)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
