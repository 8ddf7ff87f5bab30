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
   * @param event name of the node event, such as {@code granted}; {@link LogLine#event} of a line
   * @param nth which occurrence, from 1
   * @param plus how long after it was seen
   * @param after occurrences before this time of the run are not counted
   * @param latest time of the run at which it starts even so, {@code $event} then being whoever
   *     last reported the event; null if it then never starts
   */
  record On(String event, int nth, Duration plus, Duration after, @Nullable Duration latest)
      implements Anchor {
    public On {
      if (latest != null && latest.compareTo(after) < 0) {
        throw new IllegalArgumentException(
            "'latest' (%s) comes before 'after' (%s)"
                .formatted(Durations.format(latest), Durations.format(after)));
      }
    }

    /** One that never starts if the event does not come. */
    public On(String event, int nth, Duration plus, Duration after) {
      this(event, nth, plus, after, null);
    }
  }

  /** The same, so much later. */
  default Anchor later(Duration by) {
    return switch (this) {
      case At a -> new At(a.at.plus(by));
      case On on ->
          new On(
              on.event,
              on.nth,
              on.plus.plus(by),
              on.after,
              on.latest == null ? null : on.latest.plus(by));
    };
  }

  /**
   * The JSON form: {@code {"at":"2s"}} or {@code
   * {"on":"granted","nth":2,"plus":"50ms","after":"3s","latest":"8s"}}; all but the first can be
   * left out. In place of {@code on}: {@code "log":"became leader","node":"n1"}, of which the node
   * can be left out.
   */
  default Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    switch (this) {
      case At a -> map.put("at", Durations.format(a.at));
      case On on -> {
        LogLine line = LogLine.of(on.event);
        map.put(line == null ? "on" : "log", line == null ? on.event : line.pattern());
        if (line != null && line.node() != null) {
          map.put("node", line.node());
        }
        map.put("nth", (long) on.nth);
        map.put("plus", Durations.format(on.plus));
        if (!on.after.isZero()) {
          map.put("after", Durations.format(on.after));
        }
        if (on.latest != null) {
          map.put("latest", Durations.format(on.latest));
        }
      }
    }
    return map;
  }

  /** Reads the JSON form. */
  static Anchor fromJson(JsonView view) {
    JsonView log = view.find("log");
    JsonView on = log == null ? view.find("on") : log;
    if (on == null) {
      view.only(Set.of("at"));
      Duration at = view.get("at").duration();
      if (at.isNegative()) {
        throw view.error("'at' is before the run's start: " + Durations.format(at));
      }
      return new At(at);
    }
    view.only(
        log == null
            ? Set.of("on", "nth", "plus", "after", "latest")
            : Set.of("log", "node", "nth", "plus", "after", "latest"));
    JsonView node = view.find("node");
    JsonView nth = view.find("nth");
    JsonView plus = view.find("plus");
    JsonView after = view.find("after");
    JsonView latest = view.find("latest");
    int count = nth == null ? 1 : (int) nth.integer();
    if (count < 1) {
      throw view.error("'nth' counts from 1, found " + count);
    }
    try {
      return new On(
          log == null
              ? on.string()
              : new LogLine(log.string(), node == null ? null : node.string()).event(),
          count,
          plus == null ? Duration.ZERO : plus.duration(),
          after == null ? Duration.ZERO : after.duration(),
          latest == null ? null : latest.duration());
    } catch (IllegalArgumentException e) {
      throw view.error(String.valueOf(e.getMessage()));
    }
  }
}
