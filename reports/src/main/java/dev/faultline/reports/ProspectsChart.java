package dev.faultline.reports;

import dev.faultline.harness.explain.Diagram.Band;
import dev.faultline.harness.explain.Inevitability;
import dev.faultline.harness.explain.Inevitability.Point;
import dev.faultline.harness.explain.Inevitability.Turn;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many futures fail that leave a run's course at each of some moments. Time is eased as in the
 * other charts of the section.
 */
final class ProspectsChart {
  private static final double WIDTH = 1210;
  private static final double LEFT = 64;
  private static final double RIGHT = WIDTH - 24;
  private static final double TOP = 40;
  private static final double BOTTOM = 130;
  private static final double HEIGHT = BOTTOM + 42;

  private final Inevitability scan;
  private final Scale scale;
  private final Html out = new Html();

  private ProspectsChart(Inevitability scan) {
    this.scan = scan;
    List<Long> times = scan.points().stream().map(Point::at).toList();
    this.scale = new Scale(times, times.get(0), times.get(times.size() - 1), LEFT, RIGHT);
  }

  /** The chart of a scan that has points. */
  static String svg(Inevitability scan, List<Band> faults) {
    return new ProspectsChart(scan).draw(faults);
  }

  private String draw(List<Band> faults) {
    out.open(
        "svg",
        "class",
        "chart prospects",
        "viewBox",
        "0 0 1210 " + Math.round(HEIGHT),
        "role",
        "img",
        "aria-label",
        "Share of fresh futures that fail, by the moment at which they leave the run's course");
    faults.forEach(this::band);
    for (double share : new double[] {0, 0.5, 1}) {
      String label = Math.round(share * 100) + " %";
      out.leaf("text", label, "class", "lane small", "x", 4, "y", y(share) + 4);
      out.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y(share), "y2", y(share));
    }
    StringBuilder line = new StringBuilder();
    for (Point point : scan.points()) {
      line.append(line.isEmpty() ? "M" : "L")
          .append(String.format(Locale.ROOT, "%.1f %.1f", scale.at(point.at()), y(share(point))));
    }
    out.empty("path", "class", "p50", "d", line);
    scan.points().forEach(this::point);
    double room = turn(scan.culprit(), LEFT);
    if (scan.inevitable() != null && !scan.inevitable().equals(scan.culprit())) {
      turn(scan.inevitable(), room);
    }
    List<Point> points = scan.points();
    end(points.get(0), LEFT);
    end(points.get(points.size() - 1), RIGHT - 36);
    out.leaf("text", "seconds", "class", "lane small", "x", 4, "y", HEIGHT - 6);
    return out.close("svg").toString();
  }

  private void end(Point point, double x) {
    out.leaf("text", Words.stamp(point.at()), "class", "lane small", "x", x, "y", HEIGHT - 6);
  }

  private static double share(Point point) {
    return point.of() == 0 ? 0 : (double) point.failing() / point.of();
  }

  private static double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  private void band(Band band) {
    double x0 = scale.at(band.start());
    double x1 = band.end() < 0 ? RIGHT : scale.at(band.end());
    out.open("g").leaf("title", band.text());
    out.empty(
        "rect",
        "class",
        "band",
        "x",
        x0,
        "y",
        TOP - 6,
        "width",
        Math.max(2, x1 - x0),
        "height",
        BOTTOM - TOP + 12);
    out.close("g");
  }

  private void point(Point point) {
    out.open("g", "class", point.failing() == point.of() ? "mark bad" : "mark");
    out.leaf(
        "title",
        "%s s: %d of %d futures fail"
            .formatted(Words.stamp(point.at()), point.failing(), point.of()));
    out.empty("circle", "cx", scale.at(point.at()), "cy", y(share(point)), "r", 4).close("g");
  }

  /** A moment that is told; returns where there is room for another label above the chart. */
  private double turn(@Nullable Turn turn, double from) {
    if (turn == null) {
      return from;
    }
    double x = scale.at(turn.at());
    String label = Labels.cut(Words.stamp(turn.at()) + " " + turn.name(), 60);
    double wide = Labels.width(label);
    double left = Math.clamp(x - 3, LEFT, RIGHT - wide);
    // A second label goes below if the first is in its way.
    double height = left < from ? BOTTOM + 20 : TOP - 14;
    out.open("g", "class", "mark deciding");
    out.leaf("title", String.join("\n", turn.what()));
    out.empty("line", "class", "tick", "x1", x, "x2", x, "y1", TOP - 10, "y2", BOTTOM + 6);
    out.leaf("text", label, "class", "small halo", "x", left, "y", height).close("g");
    return left + wide + 12;
  }
}
