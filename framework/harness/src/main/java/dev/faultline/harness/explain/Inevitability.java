package dev.faultline.harness.explain;

import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From when on a failure could not be escaped: how many fresh futures fail if the run leaves its
 * course at different moments. A future has other delays and other choices of nodes and clients; no
 * fault begins in it that had not begun.
 *
 * @param points by time
 * @param culprit what happened where the share of failing futures rises most; null if it rises
 *     nowhere
 * @param inevitable what happened after which all futures fail; null if there is no such moment
 * @param runs how many runs the scan took
 * @param complete whether it ended within its limits; if not, it may come out otherwise elsewhere
 */
public record Inevitability(
    List<Point> points,
    @Nullable Turn culprit,
    @Nullable Turn inevitable,
    int runs,
    boolean complete) {
  /**
   * A moment.
   *
   * @param at nanoseconds since the run's start; what happened at it is not part of the past
   * @param failing how many futures fail as the run did
   * @param of how many
   */
  public record Point(long at, int failing, int of) {}

  /**
   * Something that changed the prospects.
   *
   * @param what it was, the most telling first; things of one moment cannot be told apart
   * @param before how many futures fail if the run leaves its course before it
   * @param after likewise after it
   * @param of how many were tried before it, and after it
   */
  public record Turn(long at, List<String> what, int before, int after, int of) {
    /** The most telling of it. */
    public String name() {
      return what.isEmpty() ? "what happened then" : what.get(0);
    }

    private String stamp() {
      return String.format(Locale.ROOT, "%.3f", at / 1e9);
    }

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("at", at);
      map.put("what", what);
      map.put("before", (long) before);
      map.put("after", (long) after);
      map.put("of", (long) of);
      return map;
    }

    static Turn fromJson(JsonView json) {
      return new Turn(
          json.get("at").integer(),
          json.get("what").strings(),
          (int) json.get("before").integer(),
          (int) json.get("after").integer(),
          (int) json.get("of").integer());
    }
  }

  /** In words. */
  public List<String> sentences() {
    List<String> out = new ArrayList<>();
    if (!complete) {
      out.add("The futures were not tried out: there was no time for all of them.");
      return out;
    }
    Turn decides = culprit;
    Turn last = inevitable;
    if (decides != null) {
      boolean atOnce = 2 * (decides.after - decides.before) >= decides.of;
      out.add(
          "%s %s, at %s s. Of %d fresh futures %d fail before it and %d after it."
              .formatted(
                  atOnce ? "What decided it:" : "It became likelier bit by bit, most with this:",
                  decides.name(),
                  decides.stamp(),
                  decides.of,
                  decides.before,
                  decides.after));
    } else if (points.stream().allMatch(p -> p.failing == p.of)) {
      out.add("Every fresh future fails, from the start of the run on: this needs no fault.");
    }
    if (decides != null && decides.equals(last)) {
      out.add("From there on all fail.");
    } else if (last != null) {
      out.add("From %s s on all %d fail: after %s.".formatted(last.stamp(), last.of, last.name()));
    }
    return out;
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    List<Object> drawn = new ArrayList<>();
    for (Point p : points) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("at", p.at);
      one.put("failing", (long) p.failing);
      one.put("of", (long) p.of);
      drawn.add(one);
    }
    map.put("points", drawn);
    if (culprit != null) {
      map.put("culprit", culprit.toJson());
    }
    if (inevitable != null) {
      map.put("inevitable", inevitable.toJson());
    }
    map.put("runs", (long) runs);
    map.put("complete", complete);
    return map;
  }

  static Inevitability fromJson(JsonView json) {
    JsonView culprit = json.find("culprit");
    JsonView inevitable = json.find("inevitable");
    return new Inevitability(
        json.get("points").list().stream()
            .map(p ->
                new Point(
                    p.get("at").integer(),
                    (int) p.get("failing").integer(),
                    (int) p.get("of").integer()))
            .toList(),
        culprit == null ? null : Turn.fromJson(culprit),
        inevitable == null ? null : Turn.fromJson(inevitable),
        (int) json.get("runs").integer(),
        json.get("complete").bool());
  }
}
