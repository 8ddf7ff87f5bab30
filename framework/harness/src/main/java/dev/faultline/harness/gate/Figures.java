package dev.faultline.harness.gate;

import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be the same whenever a schedule is run.
 *
 * @param seed of the schedule
 * @param plan its faults, as text
 * @param verdict status and what failed, as text
 * @param history its hash
 * @param events how many there were
 * @param checkpoints see {@link TraceHash#checkpoints()}
 * @param kept events as text, those of the block that was asked for
 * @param keptFrom the number of the first of them, from 0
 */
record Figures(
    long seed,
    String plan,
    String verdict,
    long history,
    long events,
    List<Long> checkpoints,
    List<String> kept,
    long keptFrom) {
  /** The first block that is not the same, or -1. */
  int differs(Figures other) {
    int common = Math.min(checkpoints.size(), other.checkpoints.size());
    for (int i = 0; i < common; i++) {
      if (!checkpoints.get(i).equals(other.checkpoints.get(i))) {
        return i;
      }
    }
    return checkpoints.size() == other.checkpoints.size() ? -1 : common;
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("seed", seed);
    map.put("plan", plan);
    map.put("verdict", verdict);
    map.put("history", history);
    map.put("events", events);
    map.put("checkpoints", checkpoints);
    map.put("kept", kept);
    map.put("keptFrom", keptFrom);
    return map;
  }

  static Figures fromJson(JsonView view) {
    return new Figures(
        view.get("seed").integer(),
        view.get("plan").string(),
        view.get("verdict").string(),
        view.get("history").integer(),
        view.get("events").integer(),
        view.get("checkpoints").list().stream().map(JsonView::integer).toList(),
        view.get("kept").list().stream().map(JsonView::string).toList(),
        view.get("keptFrom").integer());
  }
}
