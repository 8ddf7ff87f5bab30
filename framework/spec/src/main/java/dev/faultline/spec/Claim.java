package dev.faultline.spec;

import dev.faultline.json.JsonView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A property that a target promises under some faults; it counts in a run whose every fault lies
 * inside them and whose options are those named.
 *
 * @param property id of the property
 * @param under the fault kinds, or parents of kinds, that the promise bears
 * @param maxDriftPpm largest rate error that the promise bears, either way
 * @param when options and the values under which the promise is made
 * @param source where the promise is made, for people
 */
public record Claim(
    String property,
    List<String> under,
    long maxDriftPpm,
    Map<String, List<String>> when,
    String source) {
  public Claim {
    under = List.copyOf(under);
    // In an order that is the same in every JVM, since it is written out.
    when = Collections.unmodifiableMap(new TreeMap<>(when));
  }

  /** A promise under these kinds, of any magnitude, whatever the options. */
  public static Claim of(String property, String source, String... under) {
    return new Claim(property, List.of(under), Long.MAX_VALUE, Map.of(), source);
  }

  /** Why the promise does not count in a run with this plan and these options; null if it does. */
  public @Nullable String outside(FaultPlan plan, Map<String, String> options) {
    for (Map.Entry<String, List<String>> wanted : when.entrySet()) {
      String value = options.get(wanted.getKey());
      if (value != null && !wanted.getValue().contains(value)) {
        return "claimed with " + wanted.getKey() + "=" + String.join("|", wanted.getValue());
      }
    }
    for (Fault fault : plan.faults()) {
      for (String kind : fault.kinds()) {
        if (under.stream().noneMatch(general -> FaultKinds.covers(general, kind))) {
          return "not claimed under " + kind;
        }
      }
      if (fault instanceof Fault.Clock clock && Math.abs(clock.driftPpm()) > maxDriftPpm) {
        return "claimed up to a drift of " + maxDriftPpm + "ppm";
      }
    }
    return null;
  }

  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", property);
    map.put("under", under);
    if (maxDriftPpm != Long.MAX_VALUE) {
      map.put("maxDriftPpm", maxDriftPpm);
    }
    if (!when.isEmpty()) {
      map.put("when", when);
    }
    map.put("source", source);
    return map;
  }

  /** Reads the JSON form. */
  public static Claim fromJson(JsonView view) {
    JsonView drift = view.find("maxDriftPpm");
    JsonView when = view.find("when");
    Map<String, List<String>> options = new LinkedHashMap<>();
    if (when != null) {
      when.map().keySet().forEach(k -> options.put(k, when.get(k).strings()));
    }
    return new Claim(
        view.get("property").string(),
        view.get("under").strings(),
        drift == null ? Long.MAX_VALUE : drift.integer(),
        options,
        view.get("source").string());
  }
}
