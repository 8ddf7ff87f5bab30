package dev.faultline.harness.explain;

import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a simulated run is invalid, as in {@value Explanations#FILE}.
 *
 * @param property the broken promise
 * @param sentence what is wrong
 * @param notExplained why there is no explanation, or null if there is one
 * @param diagram what led to the wrong result
 * @param events how many there are in its causal past; the log for ShiViz has the last of them
 */
public record Explanation(
    String property,
    String sentence,
    @Nullable String notExplained,
    @Nullable Diagram diagram,
    long events) {
  /** Columns of a text where there is no terminal. */
  public static final int WIDTH = 100;

  private static final int LEAST_WIDTH = 60;

  /** What {@value Explanations#SHIVIZ} has of the causal past, for people. */
  public String shiViz() {
    return events <= ShiViz.MOST
        ? "all %d events of it".formatted(events)
        : "the last %d of %d events of it".formatted(ShiViz.MOST, events);
  }

  /** For a terminal of so many columns, of which at most {@value #WIDTH} are used. */
  public List<String> text(int width) {
    return ExplanationText.lines(this, Math.clamp(width, LEAST_WIDTH, WIDTH));
  }

  /** As in the file. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("version", 1L);
    map.put("property", property);
    map.put("sentence", sentence);
    if (notExplained != null) {
      map.put("notExplained", notExplained);
    }
    if (diagram != null) {
      map.put("diagram", diagram.toJson());
    }
    map.put("events", events);
    return map;
  }

  static Explanation fromJson(JsonView json) {
    JsonView none = json.find("notExplained");
    JsonView diagram = json.find("diagram");
    return new Explanation(
        json.get("property").string(),
        json.get("sentence").string(),
        none == null ? null : none.string(),
        diagram == null ? null : Diagram.fromJson(diagram),
        json.get("events").integer());
  }
}
