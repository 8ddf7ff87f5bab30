package dev.faultline.reports;

import dev.faultline.checker.Witness;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A witness as SVG: a lane an actor, time to the right, faults as bands, the decisive bar marked.
 */
final class WitnessChart {
  private static final double WIDTH = 880;
  private static final double RIGHT = WIDTH - 6;
  private static final double ROW = 24;
  private static final double REMARK = 17;
  private static final double THIN = 22;
  private static final int LABEL_MAX = 52;

  /** A step, laid out; its words are in the bar if they fit, else after it, else before it. */
  private record Box(Witness.Step step, int number, double x0, double x1, double label, int row) {}

  private record Lane(String name, List<Box> boxes, List<Double> tops, double top, double height) {}

  private final Story story;
  private final double left;
  private final Scale scale;
  private final Html body = new Html();
  private double y = 4;

  private WitnessChart(Story story) {
    this.story = story;
    int longest = story.lanes().stream().mapToInt(String::length).max().orElse(4);
    this.left = 26 + Math.max(6, Math.min(18, longest)) * Labels.CHAR;
    List<Long> moments = new ArrayList<>();
    for (Witness.Step step : story.steps()) {
      moments.add(step.time());
      moments.add(Math.max(step.time(), step.until()));
    }
    for (FaultRecord fault : story.faults()) {
      moments.add(fault.start());
      moments.add(fault.end());
    }
    long room = Math.max(1, (story.to() - story.from()) / 20);
    // Room for the label of the last step, which usually is the one that decides.
    double last =
        story.steps().stream()
            .filter(s -> s.time() + 2 * room >= story.to())
            .mapToDouble(WitnessChart::wide)
            .max()
            .orElse(0);
    double right = RIGHT - Math.min(300, last);
    this.scale =
        new Scale(moments, Math.max(0, story.from() - room), story.to() + room, left + 4, right);
  }

  static String svg(Story story, List<Holders.Span> holders) {
    WitnessChart chart = new WitnessChart(story);
    chart.holders(holders);
    double faultsTop = chart.y;
    chart.faults();
    List<Lane> lanes = chart.lanes();
    Html out = new Html();
    double height = chart.y + 22;
    out.open(
        "svg",
        "class",
        "chart witness",
        "viewBox",
        "0 0 880 " + Math.round(height),
        "role",
        "img",
        "aria-label",
        "Timeline of the witness: " + story.sentence());
    chart.bands(out, faultsTop, lanes);
    out.raw(chart.body.toString());
    lanes.forEach(lane -> chart.lane(out, lane));
    chart.axis(out);
    return out.close("svg").toString();
  }

  private void holders(List<Holders.Span> all) {
    List<Holders.Span> spans =
        all.stream().filter(s -> s.to() >= story.from() && s.from() <= story.to()).toList();
    if (spans.isEmpty() || spans.size() > 40) {
      return;
    }
    name(spans.get(0).role(), y + 15);
    for (Holders.Span span : spans) {
      double x0 = scale.at(span.from());
      double x1 = scale.at(span.to());
      body.open("g").leaf("title", span.label() + ", seen at " + Words.stamp(span.from()) + " s");
      body.empty(
          "rect",
          "class",
          "holder",
          "x",
          x0,
          "y",
          y + 2,
          "width",
          Math.max(2, x1 - x0 - 2),
          "height",
          THIN - 6,
          "rx",
          3);
      Labels.fitted(
          body, span.label((x1 - x0 - 8) / Labels.CHAR), x0 + 6, y + 15, x1 - x0 - 8, "small");
      body.close("g");
    }
    y += THIN;
  }

  private void faults() {
    Rows rows = new Rows();
    double top = y;
    for (FaultRecord fault : story.faults()) {
      double x0 = scale.at(fault.start());
      double x1 = fault.end() < 0 ? RIGHT : scale.at(fault.end());
      String label = Labels.cut(fault.id() + " " + Words.deed(fault), LABEL_MAX);
      double wide = Math.max(x1 - x0, Labels.width(label) + 12);
      boolean back = x0 + wide > RIGHT;
      double from = back ? Math.min(x0, RIGHT - wide) : x0;
      double at = top + THIN * rows.place(from, from + wide);
      body.open("g").leaf("title", Labels.hover(fault));
      body.empty(
          "rect",
          "class",
          fault.proven() ? "fault" : "fault unproven",
          "x",
          x0,
          "y",
          at + 1,
          "width",
          Math.max(2, x1 - x0),
          "height",
          THIN - 4,
          "rx",
          2);
      body.leaf("text", label, "class", "fault-name", "x", from + 6, "y", at + 14);
      body.close("g");
    }
    if (rows.count() > 0) {
      name("faults", top + 14);
    }
    y += THIN * rows.count() + 4;
  }

  /** Faint bands under the lanes that a fault hit; under all when it names none. */
  private void bands(Html out, double top, List<Lane> lanes) {
    for (FaultRecord fault : story.faults()) {
      double x0 = scale.at(fault.start());
      double x1 = fault.end() < 0 ? RIGHT : scale.at(fault.end());
      boolean named = lanes.stream().anyMatch(l -> Story.hits(fault, l.name));
      for (Lane lane : lanes) {
        if (!named || Story.hits(fault, lane.name)) {
          out.empty(
              "rect",
              "class",
              "band",
              "x",
              x0,
              "y",
              lane.top,
              "width",
              Math.max(2, x1 - x0),
              "height",
              lane.height);
        }
      }
      out.empty("line", "class", "edge", "x1", x0, "x2", x0, "y1", top, "y2", y);
    }
  }

  private List<Lane> lanes() {
    List<Lane> lanes = new ArrayList<>();
    for (String name : story.lanes()) {
      List<Box> boxes = new ArrayList<>();
      Rows rows = new Rows();
      List<Witness.Step> mine =
          story.steps().stream()
              .filter(s -> s.lane().equals(name))
              .sorted(Comparator.comparingLong(Witness.Step::time))
              .toList();
      for (Witness.Step step : mine) {
        double x0 = scale.at(step.time());
        double x1 = Math.max(x0 + 5, scale.at(Math.max(step.time(), step.until())));
        double words = wide(step);
        boolean inside = words <= x1 - x0;
        boolean before = !inside && x1 + words > WIDTH && x0 - words > left;
        double label = inside ? x0 : before ? x0 - words : x1;
        int row = rows.place(Math.min(x0, label), Math.max(x1, label + words));
        boxes.add(new Box(step, 1 + story.steps().indexOf(step), x0, x1, label, row));
      }
      List<Double> tops = tops(boxes, rows.count());
      double height = tops.get(tops.size() - 1) + 4;
      lanes.add(new Lane(name, boxes, tops, y, height));
      y += height;
    }
    return lanes;
  }

  /** Where each row begins, below the lane's top, and last where they end. */
  private static List<Double> tops(List<Box> boxes, int rows) {
    List<Double> tops = new ArrayList<>();
    double top = 6;
    for (int i = 0; i < rows; i++) {
      int row = i;
      tops.add(top);
      top += boxes.stream().anyMatch(b -> b.row == row && bad(b.step)) ? ROW + REMARK : ROW;
    }
    tops.add(top);
    return tops;
  }

  private static boolean bad(Witness.Step step) {
    return step.remark() != null;
  }

  /** Pixels for the words of a step: its number, its text, its remark below. */
  private static double wide(Witness.Step step) {
    double remark =
        step.remark() == null ? 0 : Labels.width(Labels.cut(step.remark(), LABEL_MAX)) + 20;
    return Math.max(Labels.width(Labels.cut(step.text(), LABEL_MAX)) + 30, remark);
  }

  private void lane(Html out, Lane lane) {
    out.empty("line", "class", "rule", "x1", 0, "x2", WIDTH, "y1", lane.top, "y2", lane.top);
    out.leaf("text", Labels.cut(lane.name, 18), "class", "lane", "x", 4, "y", lane.top + 19);
    for (Box box : lane.boxes) {
      box(out, box, lane.top + lane.tops.get(box.row));
    }
  }

  private static void box(Html out, Box box, double top) {
    Witness.Step step = box.step;
    boolean bad = bad(step);
    String text = Labels.cut(step.text(), LABEL_MAX);
    String span =
        step.until() > step.time()
            ? Words.stamp(step.time()) + "–" + Words.stamp(step.until()) + " s"
            : Words.stamp(step.time()) + " s";
    out.open("g", "class", bad ? "op bad" : "op");
    out.leaf("title", step.lane() + ", " + span + ": " + step.text());
    out.empty("rect", "x", box.x0, "y", top, "width", box.x1 - box.x0, "height", ROW - 5, "rx", 2);
    out.empty("line", "x1", box.x0, "x2", box.x0, "y1", top, "y2", top + ROW - 5);
    double x = box.label + 6;
    out.leaf("text", box.number + " ", "class", "number", "x", x, "y", top + 14);
    out.leaf("text", text, "x", x + (box.number > 9 ? 22 : 14), "y", top + 14);
    if (bad) {
      String remark = "✕ " + Labels.cut(String.valueOf(step.remark()), LABEL_MAX);
      out.leaf("text", remark, "class", "remark", "x", x, "y", top + ROW + 9);
    }
    out.close("g");
  }

  private void axis(Html out) {
    out.empty("line", "class", "rule", "x1", 0, "x2", WIDTH, "y1", y, "y2", y);
    out.leaf("text", "seconds", "class", "lane small", "x", 4, "y", y + 16);
    double free = left;
    for (Witness.Step step :
        story.steps().stream().sorted(Comparator.comparingLong(Witness.Step::time)).toList()) {
      double x = scale.at(step.time());
      String label = Words.stamp(step.time());
      if (x >= free) {
        out.empty("line", "class", "tick", "x1", x, "x2", x, "y1", y, "y2", y + 4);
        boolean end = x + Labels.width(label) > RIGHT;
        out.leaf(
            "text",
            label,
            "class",
            "small",
            "x",
            end ? RIGHT : x,
            "y",
            y + 16,
            "text-anchor",
            end ? "end" : "start");
        free = x + Labels.width(label) + 10;
      }
    }
  }

  private void name(String text, double at) {
    body.leaf("text", text, "class", "lane small", "x", 4, "y", at);
  }
}
