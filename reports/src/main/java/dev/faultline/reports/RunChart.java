package dev.faultline.reports;

import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import java.util.List;
import java.util.Locale;

/**
 * The whole run as SVG: faults and holders, rates by outcome on scales of their own, latencies on a
 * logarithmic one. What is in {@code g.zoom} and what has {@code data-x} follows the page's script;
 * without it the whole run is shown.
 */
final class RunChart {
  private static final double WIDTH = 1210;
  static final double LEFT = 92;
  static final double RIGHT = WIDTH - 6;
  private static final double THIN = 20;
  private static final int MAX_FAULT_ROWS = 8;

  private final long duration;
  private final Html shapes = new Html();
  private final Html labels = new Html();
  private final Html fixed = new Html();
  private double y = 2;

  private RunChart(Report.Input input) {
    this.duration = Math.max(1, input.history().duration());
  }

  static String svg(Report.Input input) {
    RunChart chart = new RunChart(input);
    double top = chart.y;
    chart.holders(Holders.of(input.history()));
    chart.faults(input.judgement().faults());
    double panels = chart.y;
    RunPanels below =
        new RunPanels(chart.shapes, chart.fixed, Buckets.of(input.history()), chart::x, chart.y);
    below.rate("ok", 0, 70);
    below.rate("fail", 1, 34);
    below.rate("info", 2, 34);
    below.latency(96);
    chart.y = below.bottom();
    Html bands = chart.bands(input.judgement().faults(), panels, chart.y);
    long height = Math.round(chart.y + 22);
    Html out = new Html();
    out.open(
        "svg",
        "class",
        "chart run",
        "id",
        "run",
        "viewBox",
        "0 0 1210 " + height,
        "role",
        "img",
        "aria-label",
        "Rates and latencies of the whole run, with its faults",
        "data-left",
        LEFT,
        "data-right",
        RIGHT,
        "data-seconds",
        Words.stamp(chart.duration));
    out.open("clipPath", "id", "plot");
    out.empty("rect", "x", LEFT, "y", 0, "width", RIGHT - LEFT, "height", height - 18);
    out.close("clipPath");
    out.open("g", "clip-path", "url(#plot)").open("g", "class", "zoom");
    out.raw(bands.toString()).raw(chart.shapes.toString()).close("g");
    out.raw(chart.labels.toString()).close("g").raw(chart.fixed.toString());
    chart.axis(out, top);
    return out.close("svg").toString();
  }

  private double x(long time) {
    return LEFT + (RIGHT - LEFT) * Math.min(1, time / (double) duration);
  }

  private void holders(List<Holders.Span> spans) {
    if (spans.isEmpty()) {
      return;
    }
    name(spans.get(0).role(), y + 14);
    double drawn = 0;
    for (Holders.Span span : spans) {
      double x0 = x(span.from());
      double x1 = x(span.to());
      if (x1 - drawn < 1.5) {
        continue; // closer than a pixel and a half to the one before: nobody could tell them apart
      }
      drawn = x1;
      shapes.empty(
          "rect",
          "class",
          "holder",
          "x",
          x0,
          "y",
          y + 2,
          "width",
          Math.max(1, x1 - x0 - 1.5),
          "height",
          THIN - 6);
      if (x1 - x0 > 4 * Labels.CHAR) {
        label(span.label((x1 - x0 - 6) / Labels.CHAR), x0, y + 13, "small");
      }
    }
    y += THIN;
  }

  private void faults(List<FaultRecord> faults) {
    Rows rows = new Rows();
    double top = y;
    int hidden = 0;
    for (FaultRecord fault : faults) {
      if (fault.start() < 0) {
        continue;
      }
      double x0 = x(fault.start());
      double x1 = fault.end() < 0 ? RIGHT : x(fault.end());
      String label = Labels.cut(fault.id() + " " + Words.deed(fault), 34);
      double wide = Math.max(x1 - x0, Labels.width(label) + 8);
      double from = Math.max(LEFT, Math.min(x0, RIGHT - wide));
      int row = rows.place(from, from + wide);
      if (row >= MAX_FAULT_ROWS) {
        hidden++;
        continue;
      }
      double at = top + THIN * row;
      shapes.open("g").leaf("title", Labels.hover(fault));
      shapes.empty(
          "rect",
          "class",
          fault.proven() ? "fault" : "fault unproven",
          "x",
          x0,
          "y",
          at + 2,
          "width",
          Math.max(2, x1 - x0),
          "height",
          THIN - 5);
      shapes.close("g");
      label(label, from, at + 14, "fault-name");
    }
    if (rows.count() > 0) {
      name("faults", top + 14);
    }
    y += THIN * Math.min(MAX_FAULT_ROWS, rows.count()) + 4;
    if (hidden > 0) {
      fixed.leaf(
          "text",
          "and " + Words.counted(hidden, "more fault") + ", see the table",
          "class",
          "small",
          "x",
          LEFT,
          "y",
          y + 10);
      y += 16;
    }
  }

  private Html bands(List<FaultRecord> faults, double top, double bottom) {
    Html bands = new Html();
    for (FaultRecord fault : faults) {
      if (fault.start() >= 0) {
        double x0 = x(fault.start());
        double x1 = fault.end() < 0 ? RIGHT : x(fault.end());
        bands.empty(
            "rect",
            "class",
            "band",
            "x",
            x0,
            "y",
            top,
            "width",
            Math.max(1, x1 - x0),
            "height",
            bottom - top);
      }
    }
    return bands;
  }

  private void axis(Html out, double top) {
    out.open("g", "class", "axis", "data-y", y + 15, "data-top", top);
    double step = step(duration / 1e9 / 10);
    for (int i = 0; i * step <= duration / 1e9; i++) {
      double x = x((long) (i * step * 1e9));
      String label = RunPanels.tenth(i * step) + (i == 0 ? " s" : "");
      if (step < 0.1) {
        label = String.format(Locale.ROOT, "%.3f", i * step);
      }
      out.leaf(
          "text",
          label,
          "class",
          "small",
          "x",
          x,
          "y",
          y + 15,
          "text-anchor",
          x > RIGHT - 20 ? "end" : "start");
    }
    out.close("g");
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    return least <= power
        ? power
        : least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
  }

  private void name(String text, double at) {
    fixed.leaf("text", text, "class", "lane small", "x", 4, "y", at);
  }

  private void label(String text, double x, double at, String style) {
    labels.leaf("text", text, "class", style, "x", x + 4, "y", at, "data-x", x);
  }
}
