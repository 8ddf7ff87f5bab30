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
 * @param length virtual time; null for what the target's own times call for
 * @param index the schedule is a pure function of it and the seed
 * @param block whose events are kept; {@link TraceHash#NONE} for none
 */
record Ask(String target, @Nullable Duration length, long seed, long index, long block) {
  Ask keeping(long other) {
    return new Ask(target, length, seed, index, other);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("target", target);
    if (length != null) {
      map.put("length", Durations.format(length));
    }
    map.put("seed", seed);
    map.put("index", index);
    map.put("block", block);
    return map;
  }

  static Ask fromJson(JsonView view) {
    JsonView length = view.find("length");
    return new Ask(
        view.get("target").string(),
        length == null ? null : length.duration(),
        view.get("seed").integer(),
        view.get("index").integer(),
        view.get("block").integer());
  }
}
