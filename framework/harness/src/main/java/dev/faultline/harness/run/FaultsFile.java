package dev.faultline.harness.run;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Durations;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code faults.json}: the plan as asked, with what became of each fault. It is a plan again: what
 * is added here is passed over when it is read.
 */
final class FaultsFile {
  private FaultsFile() {}

  static Map<String, @Nullable Object> of(FaultPlan plan, History history) {
    List<Map<String, @Nullable Object>> faults = new ArrayList<>();
    plan.faults()
        .forEach(fault -> {
          FaultPlan alone = new FaultPlan(List.of(fault));
          Map<String, @Nullable Object> map = new LinkedHashMap<>();
          if (alone.toJson().get("faults") instanceof List<?> one
              && one.get(0) instanceof Map<?, ?> asked) {
            asked.forEach((k, v) -> map.put(String.valueOf(k), v));
          }
          add(map, fault.id(), history);
          faults.add(map);
        });
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("faults", faults);
    return file;
  }

  private static void add(Map<String, @Nullable Object> map, String id, History history) {
    Map<String, @Nullable Object> receipts = new LinkedHashMap<>();
    String result = "never started";
    for (Entry.Fault line : history.faults()) {
      if (!line.fault().equals(id)) {
        continue;
      }
      if (line.phase() == Entry.Phase.START) {
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>(line.value());
        Object late = resolved.remove("lateNanos");
        map.put("resolved", resolved);
        map.put("executedAt", Durations.format(Duration.ofNanos(line.time())));
        map.put("lateBy", Durations.format(Duration.ofNanos(late instanceof Long n ? n : 0)));
        result = "started";
      } else {
        receipts.put(line.phase().word(), line.value());
        result =
            switch (line.phase()) {
              case EFFECT -> "took effect";
              case END -> result.equals("took effect") ? "took effect and ended" : result;
              case START, FAILED -> "failed";
            };
      }
    }
    map.put("receipts", receipts);
    map.put("result", result);
  }
}
