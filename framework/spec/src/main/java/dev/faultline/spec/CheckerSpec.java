package dev.faultline.spec;

import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checker by the id of its property, with the parameters that it was made with; so a run can be
 * judged again without its target.
 */
public record CheckerSpec(String property, Map<String, @Nullable Object> params) {
  public static CheckerSpec of(String property) {
    return new CheckerSpec(property, Map.of());
  }

  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", property);
    map.put("params", params);
    return map;
  }

  /** Reads the JSON form. */
  public static CheckerSpec fromJson(JsonView view) {
    return new CheckerSpec(view.get("property").string(), view.get("params").map());
  }
}
