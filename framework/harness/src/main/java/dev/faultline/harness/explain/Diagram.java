package dev.faultline.harness.explain;

import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param bands faults that hit one of the lines while the picture lasts, by start
 * @param from nanoseconds since the run's start
 * @param to the moment of the wrong result
 * @param omitted messages of the causal past that are not drawn, by type
 */
public record Diagram(
    List<String> lines,
    List<Arrow> arrows,
    List<Mark> marks,
    List<Band> bands,
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

  /**
   * A fault.
   *
   * @param text what it is, such as {@code f1 pause h2 (holder)}
   * @param lines those that it hits
   * @param end nanoseconds since the run's start; -1 if it did not end
   */
  public record Band(String text, List<String> lines, long start, long end) {
    /** Whether the band's edge shows what the mark tells. */
    boolean says(Mark mark) {
      return lines.contains(mark.line)
          && ((mark.at == start && (mark.text.equals("paused") || mark.text.equals("killed")))
              || (mark.at == end && mark.text.equals("resumed")));
    }

    /** Whether it lasts at a time. */
    public boolean covers(long at) {
      return start <= at && (end < 0 || at < end);
    }
  }

  /** What is omitted, the most frequent first. */
  public List<Map.Entry<String, Long>> mostOmitted() {
    return omitted.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** The same with those of the faults that hit a line of it. */
  Diagram under(List<FaultRecord> faults) {
    List<Band> hitting = new ArrayList<>();
    for (FaultRecord fault : faults) {
      // A fault's target names the lines that it hits, as in 'h2 (holder)' or 'n1 | n2, n3'.
      List<String> named = List.of(fault.target().split("[^\\w.-]+"));
      List<String> hit = lines.stream().filter(named::contains).toList();
      boolean within = fault.start() <= to && (fault.end() < 0 || fault.end() >= from);
      if (fault.start() >= 0 && within && !hit.isEmpty()) {
        String text = (fault.id() + " " + fault.kind() + " " + fault.target()).strip();
        hitting.add(new Band(text, hit, fault.start(), fault.end()));
      }
    }
    hitting.sort(Comparator.comparingLong(Band::start));
    List<Mark> left =
        marks.stream().filter(m -> hitting.stream().noneMatch(b -> b.says(m))).toList();
    return new Diagram(lines, arrows, left, hitting, from, to, omitted);
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
    List<Object> banded = new ArrayList<>();
    for (Band b : bands) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("text", b.text);
      one.put("lines", b.lines);
      one.put("start", b.start);
      one.put("end", b.end);
      banded.add(one);
    }
    map.put("bands", banded);
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
        json.get("bands").list().stream()
            .map(b ->
                new Band(
                    b.get("text").string(),
                    b.get("lines").strings(),
                    b.get("start").integer(),
                    b.get("end").integer()))
            .toList(),
        json.get("from").integer(),
        json.get("to").integer(),
        omitted);
  }
}
