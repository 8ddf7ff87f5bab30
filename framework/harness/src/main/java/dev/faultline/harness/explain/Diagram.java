package dev.faultline.harness.explain;

import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A space-time diagram, ready to be drawn.
 *
 * @param lines clients and nodes, in the order to draw them
 * @param arrows messages by the time of sending
 * @param marks what happened on a line, by time
 * @param from nanoseconds since the run's start
 * @param to the moment of the wrong result
 * @param omitted messages of the causal past that are not drawn, by type
 */
public record Diagram(
    List<String> lines,
    List<Arrow> arrows,
    List<Mark> marks,
    long from,
    long to,
    Map<String, Long> omitted) {
  /** Lengths that a type or a mark's text may have, so that it can be drawn. */
  private static final int TEXT = 60;

  /**
   * A message.
   *
   * @param sent nanoseconds since the run's start
   * @param arrived likewise, or when it was lost
   * @param lost whether it was
   * @param times how many like it it stands for, itself among them
   * @param deciding whether it belongs to an operation of the witness
   */
  public record Arrow(
      String from,
      String to,
      String type,
      long sent,
      long arrived,
      boolean lost,
      long times,
      boolean deciding) {}

  /** An operation's beginning or end, a node's event or a turn of its life. */
  public record Mark(String line, long at, String text, boolean deciding) {
    public Mark {
      text = text.length() > TEXT ? text.substring(0, TEXT - 1) + "…" : text;
    }
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("lines", lines);
    List<Object> drawn = new ArrayList<>();
    for (Arrow a : arrows) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("from", a.from);
      one.put("to", a.to);
      one.put("type", a.type);
      one.put("sent", a.sent);
      one.put("arrived", a.arrived);
      one.put("lost", a.lost);
      one.put("times", a.times);
      one.put("deciding", a.deciding);
      drawn.add(one);
    }
    map.put("arrows", drawn);
    List<Object> marked = new ArrayList<>();
    for (Mark m : marks) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("line", m.line);
      one.put("at", m.at);
      one.put("text", m.text);
      one.put("deciding", m.deciding);
      marked.add(one);
    }
    map.put("marks", marked);
    map.put("from", from);
    map.put("to", to);
    map.put("omitted", omitted);
    return map;
  }

  static Diagram fromJson(JsonView json) {
    Map<String, Long> omitted = new LinkedHashMap<>();
    JsonView left = json.get("omitted");
    left.map().keySet().forEach(type -> omitted.put(type, left.get(type).integer()));
    return new Diagram(
        json.get("lines").strings(),
        json.get("arrows").list().stream()
            .map(a ->
                new Arrow(
                    a.get("from").string(),
                    a.get("to").string(),
                    a.get("type").string(),
                    a.get("sent").integer(),
                    a.get("arrived").integer(),
                    a.get("lost").bool(),
                    a.get("times").integer(),
                    a.get("deciding").bool()))
            .toList(),
        json.get("marks").list().stream()
            .map(m ->
                new Mark(
                    m.get("line").string(),
                    m.get("at").integer(),
                    m.get("text").string(),
                    m.get("deciding").bool()))
            .toList(),
        json.get("from").integer(),
        json.get("to").integer(),
        omitted);
  }
}
