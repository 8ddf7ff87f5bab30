package dev.faultline.reports;

import dev.faultline.harness.explain.Diagram;
import dev.faultline.harness.explain.Diagram.Arrow;
import dev.faultline.harness.explain.Diagram.Band;
import dev.faultline.harness.explain.Diagram.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients and nodes as lines, messages as arrows, faults as bands on the lines that they hit. Time
 * runs to the right and is eased as in the witness's chart.
 */
final class SpaceTimeChart {
  private static final double WIDTH = 1210;
  private static final double LEFT = 64;
  private static final double RIGHT = WIDTH - 24;
  private static final double GAP = 64;
  private static final double TOP = 40;

  /** How far along an arrow its label may stand. */
  private static final double[] SHARES = {0.5, 0.35, 0.65, 0.2, 0.8};

  private final Diagram diagram;
  private final Scale scale;
  private final Html out = new Html();
  private final Map<String, Double> rows = new HashMap<>();

  private final Places places = new Places();

  private SpaceTimeChart(Diagram diagram) {
    this.diagram = diagram;
    List<Long> moments = new ArrayList<>();
    diagram
        .arrows()
        .forEach(a -> {
          moments.add(a.sent());
          moments.add(a.arrived());
        });
    diagram.marks().forEach(m -> moments.add(m.at()));
    long to = moments.stream().mapToLong(Long::longValue).max().orElse(diagram.to());
    this.scale = new Scale(moments, diagram.from(), Math.max(to, diagram.to()), LEFT, RIGHT);
    for (String line : diagram.lines()) {
      rows.put(line, TOP + GAP * rows.size());
    }
  }

  static String svg(Diagram diagram) {
    return new SpaceTimeChart(diagram).draw();
  }

  private String draw() {
    long height = Math.round(TOP + GAP * diagram.lines().size());
    out.open(
        "svg",
        "class",
        "chart space-time",
        "viewBox",
        "0 0 1210 " + height,
        "role",
        "img",
        "aria-label",
        "Messages between clients and nodes that led to the wrong result");
    Html names = new Html();
    diagram.bands().forEach(band -> band(band, names));
    for (String line : diagram.lines()) {
      double y = row(line);
      out.leaf("text", line, "class", "lane", "x", 4, "y", y + 4);
      out.empty("line", "class", "life", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y);
    }
    // What a node or a client tells says more than a message's name, so its label is placed first.
    Html told = new Html();
    diagram.marks().stream().filter(Mark::deciding).forEach(mark -> mark(told, mark));
    diagram.marks().stream().filter(m -> !m.deciding()).forEach(mark -> mark(told, mark));
    diagram.arrows().forEach(this::arrow);
    out.raw(told.toString()).raw(names.toString());
    times(height);
    return out.close("svg").toString();
  }

  /** When what decides happened, and faults began, where there is room for it. */
  private void times(long height) {
    List<Long> told = new ArrayList<>();
    diagram.marks().stream().filter(Mark::deciding).forEach(m -> told.add(m.at()));
    diagram.bands().stream()
        .filter(b -> b.start() >= diagram.from())
        .forEach(b -> told.add(b.start()));
    for (long at : told) {
      String stamp = Words.stamp(at);
      double x = Math.min(scale.at(at), WIDTH - Labels.width(stamp));
      if (places.take(x, height - 6.0, stamp)) {
        out.leaf("text", stamp, "class", "lane small", "x", x, "y", height - 6);
        out.empty("line", "class", "tick", "x1", x, "x2", x, "y1", height - 24, "y2", height - 18);
      }
    }
    out.leaf("text", "seconds", "class", "lane small", "x", 4, "y", height - 6);
  }

  private void band(Band band, Html names) {
    double x0 = scale.at(band.start());
    double x1 = band.end() < 0 ? RIGHT : scale.at(band.end());
    for (String line : band.lines()) {
      double y = row(line);
      String until = band.end() < 0 ? "on" : "to " + Words.stamp(band.end());
      out.open("g").leaf("title", band.text() + ", " + Words.stamp(band.start()) + " " + until);
      out.empty(
          "rect",
          "class",
          "band",
          "x",
          x0,
          "y",
          y - 22,
          "width",
          Math.max(2, x1 - x0),
          "height",
          44);
      out.close("g");
    }
    double y = row(band.lines().get(0)) + 19;
    boolean unused = places.take(x0 + 4, y, band.text());
    names.leaf("text", band.text(), "class", "small fault-name", "x", x0 + 4, "y", y);
  }

  private void arrow(Arrow arrow) {
    double x0 = scale.at(arrow.sent());
    double x1 = scale.at(arrow.arrived());
    double y0 = row(arrow.from());
    double y1 = row(arrow.to());
    if (arrow.lost()) {
      // It ends on the way: nobody saw it.
      x1 = Math.max(x1, x0 + 14);
      x1 = x0 + (x1 - x0) * 0.6;
      y1 = y0 + (y1 - y0) * 0.6;
    }
    String style = "message" + (arrow.lost() ? " lost" : arrow.deciding() ? " deciding" : "");
    out.open("g", "class", style);
    out.leaf(
        "title",
        "%s from %s to %s, sent %s, %s %s"
            .formatted(
                arrow.type(),
                arrow.from(),
                arrow.to(),
                Words.stamp(arrow.sent()),
                arrow.lost() ? "lost" : "received",
                Words.stamp(arrow.arrived())));
    out.empty("line", "x1", x0, "y1", y0, "x2", x1, "y2", y1);
    if (arrow.lost()) {
      out.empty("path", "d", cross(x1, y1));
    } else {
      out.empty("path", "class", "head", "d", head(x0, y0, x1, y1));
    }
    String label = arrow.type() + (arrow.times() > 1 ? " ×" + arrow.times() : "");
    for (double share : SHARES) {
      double x = x0 + (x1 - x0) * share + 5;
      double y = y0 + (y1 - y0) * share + 4;
      double left = x + Labels.width(label) > WIDTH ? x - Labels.width(label) - 10 : x;
      if (places.take(left, y, label)) {
        out.leaf("text", label, "class", "small halo", "x", left, "y", y);
        break;
      }
    }
    out.close("g");
  }

  private double row(String line) {
    Double y = rows.get(line);
    if (y == null) {
      throw new IllegalStateException("the diagram has no line " + line);
    }
    return y;
  }

  private static String cross(double x, double y) {
    return point("M", x - 5, y - 5)
        + point("L", x + 5, y + 5)
        + point("M", x - 5, y + 5)
        + point("L", x + 5, y - 5);
  }

  private static String head(double x0, double y0, double x1, double y1) {
    double angle = Math.atan2(y1 - y0, x1 - x0);
    return point("M", x1, y1)
        + point("L", x1 - 9 * Math.cos(angle - 0.35), y1 - 9 * Math.sin(angle - 0.35))
        + point("L", x1 - 9 * Math.cos(angle + 0.35), y1 - 9 * Math.sin(angle + 0.35))
        + "Z";
  }

  private static String point(String command, double x, double y) {
    return String.format(java.util.Locale.ROOT, "%s%.1f %.1f", command, x, y);
  }

  private void mark(Html told, Mark mark) {
    double x = scale.at(mark.at());
    double y = row(mark.line());
    told.open("g", "class", mark.deciding() ? "mark deciding" : "mark");
    told.leaf("title", Words.stamp(mark.at()) + " " + mark.line() + ": " + mark.text());
    told.empty("circle", "cx", x, "cy", y, "r", mark.deciding() ? 4.5 : 3);
    String label = Labels.cut(mark.text(), 30);
    double wide = Labels.width(label);
    double left = Math.min(x - 3, RIGHT - wide);
    for (double up : new double[] {-9, -22, 17}) {
      if (places.take(left, y + up, label)) {
        told.leaf("text", label, "class", "small halo", "x", left, "y", y + up);
        break;
      }
    }
    told.close("g");
  }
}
