package dev.faultline.harness.run;

import dev.faultline.history.History;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run as it was carried out: an anchor becomes the time at which the fault started,
 * and a selector whom it hit. What never started is left out.
 */
public final class ObservedPlan {
  private static final String SELECTOR = "$";

  private ObservedPlan() {}

  /** What became of a plan in the run with this history. */
  public static FaultPlan of(FaultPlan plan, History history) {
    List<Map<String, @Nullable Object>> faults = new ArrayList<>();
    for (JsonView fault :
        JsonView.of("observed plan", FaultsFile.of(plan, history)).get("faults").list()) {
      JsonView at = fault.find("executedAt");
      if (at != null) {
        Map<String, @Nullable Object> timed = new LinkedHashMap<>(fault.map());
        timed.put("from", Map.of("at", at.string()));
        faults.addAll(named(timed, fault.get("resolved")));
      }
    }
    Map<String, @Nullable Object> observed = Map.of("faults", faults);
    return FaultPlan.fromJson(JsonView.parse("observed plan", Json.pretty(observed)));
  }

  private static List<Map<String, @Nullable Object>> named(
      Map<String, @Nullable Object> fault, JsonView resolved) {
    JsonView node = resolved.find("node");
    JsonView links = resolved.find("links");
    if (node != null) {
      fault.put("node", node.string());
    } else if (links != null && usesSelector(fault)) {
      List<List<String>> pairs =
          links.strings().stream().map(link -> List.of(link.split("→", 2))).toList();
      if ("link".equals(fault.get("do"))) {
        return each(fault, pairs);
      }
      List.of("groups", "isolate", "bridge", "ring").forEach(fault::remove);
      fault.put("pairs", pairs);
      fault.put("direction", "out");
      if ("refuse".equals(fault.get("mode"))) {
        fault.put("mode", "drop");
      }
    }
    return List.of(fault);
  }

  /** A disturbed link names one source and one target: one fault for each direction. */
  private static List<Map<String, @Nullable Object>> each(
      Map<String, @Nullable Object> fault, List<List<String>> pairs) {
    List<Map<String, @Nullable Object>> faults = new ArrayList<>();
    for (List<String> pair : pairs) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>(fault);
      one.put("id", fault.get("id") + "-" + (faults.size() + 1));
      one.put("source", pair.get(0));
      one.put("target", pair.get(1));
      one.put("direction", "out");
      faults.add(one);
    }
    return faults;
  }

  private static boolean usesSelector(Map<String, @Nullable Object> fault) {
    return List.of("groups", "isolate", "bridge", "pairs", "source", "target").stream()
        .anyMatch(name -> String.valueOf(fault.get(name)).contains(SELECTOR));
  }
}
