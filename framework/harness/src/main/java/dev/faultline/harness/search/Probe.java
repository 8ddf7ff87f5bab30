package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.spec.FaultPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Learns from one run without faults which events there are to anchor faults at. */
final class Probe {
  static final String HARNESS = "harness";

  private Probe() {}

  static Terrain terrain(Trials trials, List<String> kinds) {
    Terrain terrain = trials.terrain(kinds);
    History history =
        trials
            .run(trials.base().with(trials.base().seed(), FaultPlan.NONE, trials.base().time()))
            .history();
    return terrain.withEvents(events(history));
  }

  /** Events of the main phase only, since anchors count from its start. */
  private static Map<String, Integer> events(History history) {
    Map<String, Integer> events = new TreeMap<>();
    boolean main = false;
    for (Entry.Node event : history.nodeEvents()) {
      if (event.node().equals(HARNESS)) {
        main = event.name().equals("phase") && "run".equals(event.facts().get("name"));
      } else if (main) {
        events.merge(event.name(), 1, Integer::sum);
      }
    }
    return events;
  }
}
