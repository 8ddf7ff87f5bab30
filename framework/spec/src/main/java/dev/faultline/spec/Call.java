package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a script. It is called at its time, or as soon after it as its client is free.
 *
 * @param at since the run's start; null for one of the calls after everything was healed
 * @param client who calls, such as {@code c1}
 * @param f the function, such as {@code read}
 * @param key the object that the function is about, or null when there is only one
 * @param value the argument
 */
public record Call(
    @Nullable Duration at, String client, String f, @Nullable Object key, @Nullable Object value) {
  /** The same call at another time. */
  public Call at(Duration time) {
    return new Call(time, client, f, key, value);
  }

  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (at != null) {
      map.put("at", Durations.format(at));
    }
    map.put("client", client);
    map.put("f", f);
    if (key != null) {
      map.put("key", key);
    }
    if (value != null) {
      map.put("value", value);
    }
    return map;
  }

  /**
   * Reads the JSON form.
   *
   * @throws dev.faultline.json.JsonException naming the place and the value
   */
  public static Call fromJson(JsonView view) {
    JsonView at = view.find("at");
    Map<String, @Nullable Object> map = view.map();
    return new Call(
        at == null ? null : at.duration(),
        view.get("client").string(),
        view.get("f").string(),
        map.get("key"),
        map.get("value"));
  }
}
