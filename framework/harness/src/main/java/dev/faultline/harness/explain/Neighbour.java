package dev.faultline.harness.explain;

import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nearest run that breaks no promise, beside the one that does: what was changed, and what came
 * of it.
 *
 * @param change of the plan, such as {@code f1 lasts 1s, not 1.4s}
 * @param verdict of it: {@code valid}, or {@code unknown} or {@code void} for one of few operations
 * @param differs when the two first differ, nanoseconds since the run's start
 * @param same how many steps of messages, timers, disks and lives are the same before that
 * @param failing what this run does from there on, by time
 * @param passing what the other does
 */
public record Neighbour(
    String change,
    String verdict,
    long differs,
    long same,
    List<Step> failing,
    List<Step> passing) {
  /** Something that happened, in a few words. */
  public record Step(long at, String text) {}

  /** In words. */
  public String sentence() {
    String then =
        verdict.equals("valid")
            ? "the run is valid"
            : "no promise is broken (with what little is left to do its verdict is %s)"
                .formatted(verdict);
    return "%s: then %s. Until %s s the two runs are the same."
        .formatted(change, then, String.format(Locale.ROOT, "%.3f", differs / 1e9));
  }

  /** One or two things of a moment; a side that has none is empty. */
  public record Row(long at, String left, String right) {}

  /** Both by time; what both have stands in one row. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < failing.size() || j < passing.size()) {
      Step one = i < failing.size() ? failing.get(i) : null;
      Step other = j < passing.size() ? passing.get(j) : null;
      if (one != null && one.equals(other)) {
        rows.add(new Row(one.at, one.text, one.text));
        i++;
        j++;
      } else if (one != null && (other == null || first(one, other, i, j))) {
        rows.add(new Row(one.at, one.text, ""));
        i++;
      } else if (other != null) {
        rows.add(new Row(other.at, "", other.text));
        j++;
      }
    }
    return rows;
  }

  /** Of two things of a moment the one that the other side has too waits for it. */
  private boolean first(Step one, Step other, int i, int j) {
    boolean comes = passing.subList(j, passing.size()).contains(one);
    boolean came = failing.subList(i, failing.size()).contains(other);
    return one.at != other.at ? one.at < other.at : !comes || came;
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("change", change);
    map.put("verdict", verdict);
    map.put("differs", differs);
    map.put("same", same);
    map.put("failing", json(failing));
    map.put("passing", json(passing));
    return map;
  }

  private static List<Object> json(List<Step> steps) {
    List<Object> list = new ArrayList<>();
    for (Step step : steps) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("at", step.at);
      one.put("text", step.text);
      list.add(one);
    }
    return list;
  }

  static Neighbour fromJson(JsonView json) {
    return new Neighbour(
        json.get("change").string(),
        json.get("verdict").string(),
        json.get("differs").integer(),
        json.get("same").integer(),
        steps(json.get("failing")),
        steps(json.get("passing")));
  }

  private static List<Step> steps(JsonView json) {
    return json.list().stream()
        .map(s -> new Step(s.get("at").integer(), s.get("text").string()))
        .toList();
  }
}
