package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns from one run without faults which events there are to anchor faults at, and which nodes
 * write.
 */
final class Probe {
  static final String HARNESS = "harness";

  private Probe() {}

  static Terrain terrain(Trials trials, List<String> kinds) {
    Terrain terrain = trials.terrain(kinds);
    RunSpec base = trials.base();
    History history = trials.run(base.with(base.seed(), FaultPlan.NONE, base.time())).history();
    return terrain.withEvents(events(history));
  }

  /** Anchors count from the start of the main phase; what came before it may come again. */
  private static Map<String, List<Duration>> events(History history) {
    Map<String, List<Duration>> events = new TreeMap<>();
    long start = -1;
    boolean over = false;
    for (Entry.Node event : history.nodeEvents()) {
      if (event.node().equals(HARNESS)) {
        boolean phase = event.name().equals("phase");
        if (phase && "run".equals(event.facts().get("name"))) {
          start = event.time();
        } else if (phase && start >= 0) {
          over = true;
        }
      } else if (!over) {
        List<Duration> times = events.computeIfAbsent(event.name(), e -> new ArrayList<>());
        if (start >= 0) {
          times.add(Duration.ofNanos(event.time() - start));
        }
      }
    }
    return events;
  }
}
