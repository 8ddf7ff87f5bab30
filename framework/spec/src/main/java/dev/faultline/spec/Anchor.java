package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a fault starts. */
public sealed interface Anchor {
  /** At a time of the run. */
  record At(Duration at) implements Anchor {}

  /**
   * After an observed event.
   *
   * @param event name of the node event, such as {@code granted}
   * @param nth which occurrence, from 1
   * @param plus how long after it was seen
   * @param after occurrences before this time of the run are not counted
   */
  record On(String event, int nth, Duration plus, Duration after) implements Anchor {}

  /**
   * The JSON form: {@code {"at":"2s"}} or {@code
   * {"on":"granted","nth":2,"plus":"50ms","after":"3s"}}; the last three can be left out.
   */
  default Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    switch (this) {
      case At a -> map.put("at", Durations.format(a.at));
      case On on -> {
        map.put("on", on.event);
        map.put("nth", (long) on.nth);
        map.put("plus", Durations.format(on.plus));
        if (!on.after.isZero()) {
          map.put("after", Durations.format(on.after));
        }
      }
    }
    return map;
  }

  /** Reads the JSON form. */
  static Anchor fromJson(JsonView view) {
    JsonView on = view.find("on");
    if (on == null) {
      view.only(Set.of("at"));
      Duration at = view.get("at").duration();
      if (at.isNegative()) {
        throw view.error("'at' is before the run's start: " + Durations.format(at));
      }
      return new At(at);
    }
    view.only(Set.of("on", "nth", "plus", "after"));
    JsonView nth = view.find("nth");
    JsonView plus = view.find("plus");
    JsonView after = view.find("after");
    int count = nth == null ? 1 : (int) nth.integer();
    if (count < 1) {
      throw view.error("'nth' counts from 1, found " + count);
    }
    return new On(
        on.string(),
        count,
        plus == null ? Duration.ZERO : plus.duration(),
        after == null ? Duration.ZERO : after.duration());
  }
}
