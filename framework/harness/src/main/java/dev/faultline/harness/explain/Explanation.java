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
 * @param inevitability from when on it could not be escaped, null if that was not found out
 * @param neighbour the nearest run that passes, null if none was found or looked for
 * @param events how many there are in its causal past; the log for ShiViz has the last of them
 */
public record Explanation(
    String property,
    String sentence,
    @Nullable String notExplained,
    @Nullable Diagram diagram,
    @Nullable Inevitability inevitability,
    @Nullable Neighbour neighbour,
    long events) {
  /** Columns of a text where there is no terminal. */
  public static final int WIDTH = 100;

  private static final int LEAST_WIDTH = 60;

  /** Whether nothing is left to find out. */
  public boolean complete() {
    return notExplained != null || (inevitability != null && inevitability.complete());
  }

  /** With what other runs showed. */
  public Explanation with(Inevitability found, @Nullable Neighbour nearest) {
    return new Explanation(property, sentence, notExplained, diagram, found, nearest, events);
  }

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
    if (inevitability != null) {
      map.put("inevitability", inevitability.toJson());
    }
    if (neighbour != null) {
      map.put("neighbour", neighbour.toJson());
    }
    return map;
  }

  static Explanation fromJson(JsonView json) {
    JsonView none = json.find("notExplained");
    JsonView diagram = json.find("diagram");
    JsonView inevitability = json.find("inevitability");
    JsonView neighbour = json.find("neighbour");
    return new Explanation(
        json.get("property").string(),
        json.get("sentence").string(),
        none == null ? null : none.string(),
        diagram == null ? null : Diagram.fromJson(diagram),
        inevitability == null ? null : Inevitability.fromJson(inevitability),
        neighbour == null ? null : Neighbour.fromJson(neighbour),
        json.get("events").integer());
  }
}
