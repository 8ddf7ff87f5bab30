package dev.faultline.harness.search;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one history came through, told by hashes: the states of the cluster, as far as node events
 * show them, and which event followed which. Of facts only what is small is kept: truth values, a
 * role or state, and of a number whether it is a new highest, the highest, or behind.
 */
record Coverage(Set<Long> states, Set<Long> pairs) {
  private static final Set<String> WORDS = Set.of("role", "state");

  static Coverage of(History history) {
    Set<Long> states = new HashSet<>();
    Set<Long> pairs = new HashSet<>();
    Map<String, Long> nodes = new TreeMap<>();
    Map<String, Long> highest = new HashMap<>();
    Entry.@Nullable Node before = null;
    long beforeHash = 0;
    for (Entry.Node event : history.nodeEvents()) {
      if (event.node().equals(Probe.HARNESS)) {
        continue;
      }
      long hash = event(event, highest);
      Long own = nodes.put(event.node(), hash);
      pairs.add(mix(mix(1, own == null ? 0 : own), hash));
      if (before != null && !before.node().equals(event.node())) {
        pairs.add(mix(mix(2, beforeHash), hash));
      }
      long state = 3;
      for (Map.Entry<String, Long> node : nodes.entrySet()) {
        state = mix(mix(state, node.getKey().hashCode()), node.getValue());
      }
      states.add(state);
      before = event;
      beforeHash = hash;
    }
    return new Coverage(states, pairs);
  }

  private static long event(Entry.Node event, Map<String, Long> highest) {
    long hash = event.name().hashCode();
    for (Map.Entry<String, @Nullable Object> fact : new TreeMap<>(event.facts()).entrySet()) {
      Object value = fact.getValue();
      long small =
          value instanceof Boolean truth
              ? truth ? 1 : 2
              : value instanceof Long number
                  ? rank(fact.getKey(), number, highest)
                  : value instanceof String word && WORDS.contains(fact.getKey())
                      ? word.hashCode()
                      : 0;
      hash = mix(mix(hash, fact.getKey().hashCode()), small);
    }
    return hash;
  }

  private static long rank(String fact, long value, Map<String, Long> highest) {
    Long most = highest.get(fact);
    if (most == null || value > most) {
      highest.put(fact, value);
      return 3;
    }
    return value == most ? 4 : 5;
  }

  private static long mix(long a, long b) {
    long z = (a * 0x9e3779b97f4a7c15L ^ b) * 0xbf58476d1ce4e5b9L;
    return z ^ (z >>> 29);
  }
}
