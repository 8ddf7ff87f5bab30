package dev.faultline.harness.explain;

import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a simulated run is invalid, as in {@value Explanations#FILE}.
 *
 * @param notExplained why there is no explanation, or null if there is one
 * @param diagram what led to the wrong result
 */
public record Explanation(@Nullable String notExplained, @Nullable Diagram diagram) {
  /** None, for this reason. */
  static Explanation none(String why) {
    return new Explanation(why, null);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("version", 1L);
    if (notExplained != null) {
      map.put("notExplained", notExplained);
    }
    if (diagram != null) {
      map.put("diagram", diagram.toJson());
    }
    return map;
  }

  static Explanation fromJson(JsonView json) {
    JsonView none = json.find("notExplained");
    JsonView diagram = json.find("diagram");
    return new Explanation(
        none == null ? null : none.string(), diagram == null ? null : Diagram.fromJson(diagram));
  }
}
