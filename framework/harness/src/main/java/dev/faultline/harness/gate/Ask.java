package dev.faultline.harness.gate;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which schedule to run, so that another JVM plans and runs the same.
 *
 * @param target with its variant
 * @param index the schedule is a pure function of it and the seed
 * @param block whose events are kept; {@link TraceHash#NONE} for none
 */
record Ask(String target, Duration length, long seed, long index, long block) {
  Ask keeping(long other) {
    return new Ask(target, length, seed, index, other);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.put("length", Durations.format(length));
    map.put("seed", seed);
    map.put("index", index);
    map.put("block", block);
    return map;
  }

  static Ask fromJson(JsonView view) {
    return new Ask(
        view.get("target").string(),
        view.get("length").duration(),
        view.get("seed").integer(),
        view.get("index").integer(),
        view.get("block").integer());
  }
}
