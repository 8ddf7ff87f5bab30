package dev.faultline.harness.search;

import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Call;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forms of a failure to try in real time. A failure that was shrunk needs the simulator's short
 * delays: there everything happens within microseconds of its time, and a pause that ends a
 * millisecond after it had its effect is long enough.
 *
 * @param name what was changed, for people
 */
public record Loosened(String name, RunSpec spec) {
  private static final int FACTOR = 2;
  private static final Duration LEAST = Duration.ofSeconds(8);

  /** The failure as it is, with more time for everything, and among the workload's operations. */
  public static List<Loosened> of(RunSpec spec) {
    List<Loosened> forms = new ArrayList<>();
    forms.add(new Loosened("as it is", spec));
    Duration twice = spec.time().multipliedBy(FACTOR);
    if (!spec.script().isEmpty()) {
      List<Call> calls = new ArrayList<>();
      for (Call call : spec.script()) {
        Duration at = call.at();
        calls.add(at == null ? call : call.at(at.multipliedBy(FACTOR)));
      }
      RunSpec slower = spec.scripted(calls).with(spec.seed(), stretched(spec.plan(), true), twice);
      forms.add(new Loosened("all times doubled", slower));
    }
    Duration time = twice.compareTo(LEAST) < 0 ? LEAST : twice;
    RunSpec busy = spec.scripted(List.of()).with(spec.seed(), stretched(spec.plan(), false), time);
    forms.add(new Loosened("faults twice as long, the workload's operations", busy));
    return List.copyOf(forms);
  }

  /**
   * The faults with twice their length.
   *
   * @param starts whether they start at twice the time, too
   */
  private static FaultPlan stretched(FaultPlan plan, boolean starts) {
    List<Object> faults = new ArrayList<>();
    for (JsonView fault : JsonView.of("plan", plan.toJson()).get("faults").list()) {
      Map<String, @Nullable Object> longer = new LinkedHashMap<>(fault.map());
      longer.put("for", twice(fault.get("for")));
      if (starts) {
        Map<String, @Nullable Object> from = new LinkedHashMap<>(fault.get("from").map());
        for (String time : List.of("at", "plus", "after")) {
          JsonView given = fault.get("from").find(time);
          if (given != null) {
            from.put(time, twice(given));
          }
        }
        longer.put("from", from);
      }
      faults.add(longer);
    }
    return FaultPlan.fromJson(JsonView.parse("longer plan", Json.pretty(Map.of("faults", faults))));
  }

  private static String twice(JsonView duration) {
    return Durations.format(duration.duration().multipliedBy(FACTOR));
  }
}
