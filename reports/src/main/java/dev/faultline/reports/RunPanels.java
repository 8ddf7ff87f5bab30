package dev.faultline.reports;

import java.util.Locale;
import java.util.function.LongToDoubleFunction;

/**
 * The panels of the run chart: rates by outcome, each on its own scale so that a few failures show
 * beside many successes, and latencies on a logarithmic one.
 */
final class RunPanels {
  private final Html shapes;
  private final Html fixed;
  private final Buckets buckets;
  private final LongToDoubleFunction x;
  private double y;

  /**
   * Panels from {@code top} downwards.
   *
   * @param shapes takes what is stretched when a person zooms
   * @param fixed takes what is not
   * @param x time to pixels
   */
  RunPanels(Html shapes, Html fixed, Buckets buckets, LongToDoubleFunction x, double top) {
    this.shapes = shapes;
    this.fixed = fixed;
    this.buckets = buckets;
    this.x = x;
    this.y = top;
  }

  double bottom() {
    return y;
  }

  void rate(String name, int row, double height) {
    double base = y + height - 4;
    double peak = buckets.peak(row);
    name(name + " /s", y + 14);
    fixed.leaf(
        "text",
        peak == 0 ? "none" : "max " + Words.count(Math.round(peak)),
        "class",
        "lane small",
        "x",
        4,
        "y",
        y + 29);
    fixed.empty(
        "line", "class", "rule", "x1", RunChart.LEFT, "x2", RunChart.RIGHT, "y1", base, "y2", base);
    if (peak > 0) {
      StringBuilder path = new StringBuilder(start(RunChart.LEFT, base));
      for (int i = 0; i < buckets.size(); i++) {
        double rate = buckets.counts()[row][i] * 1e9 / buckets.width();
        double at = base - (height - 10) * rate / peak;
        path.append("V%s".formatted(tenth(at)))
            .append("H")
            .append(tenth(x.applyAsDouble((i + 1) * buckets.width())));
      }
      path.append("V").append(tenth(base)).append('Z');
      shapes.empty("path", "class", "rate " + name, "d", path);
    }
    y += height;
  }

  void latency(double height) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.max()[i] > 0) {
        least = Math.min(least, buckets.p50()[i]);
        most = Math.max(most, buckets.max()[i]);
      }
    }
    y += 6;
    name("latency of ok", y + 12);
    for (String[] key :
        new String[][] {{"—", "median", "27"}, {"- -", "95 %", "42"}, {"·", "max", "57"}}) {
      fixed.leaf(
          "text",
          key[0] + " " + key[1],
          "class",
          "lane small",
          "x",
          4,
          "y",
          y + Double.parseDouble(key[2]));
    }
    if (most == 0) {
      y += height;
      return;
    }
    int low = (int) Math.floor(Math.log10(Math.max(1_000, least)));
    int high = Math.max(low + 1, (int) Math.ceil(Math.log10(most)));
    for (int decade = low; decade <= high; decade++) {
      double at = level(Math.pow(10, decade), low, high, height);
      fixed.empty(
          "line", "class", "grid", "x1", RunChart.LEFT, "x2", RunChart.RIGHT, "y1", at, "y2", at);
      if (high - low <= 4 || decade % 2 == 0) {
        fixed.leaf(
            "text",
            unit(decade),
            "class",
            "small",
            "x",
            RunChart.RIGHT - 2,
            "y",
            at - 2,
            "text-anchor",
            "end");
      }
    }
    shapes.empty("path", "class", "p95", "d", line(buckets.p95(), low, high, height));
    shapes.empty("path", "class", "p50", "d", line(buckets.p50(), low, high, height));
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.max()[i] > 0) {
        dots.append(start(middle(i), level(buckets.max()[i], low, high, height))).append("h0");
      }
    }
    shapes.empty("path", "class", "dots", "d", dots);
    y += height;
  }

  private double level(double nanos, int low, int high, double height) {
    double share = (Math.log10(Math.max(1, nanos)) - low) / (high - low);
    return y + height - 6 - (height - 18) * Math.max(0, Math.min(1, share));
  }

  private String line(long[] values, int low, int high, double height) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0) {
        pen = false; // a gap: nothing was ok
        continue;
      }
      double at = level(values[i], low, high, height);
      path.append(pen ? "L" + tenth(middle(i)) + " " + tenth(at) : start(middle(i), at) + "h.1");
      pen = true;
    }
    return path.toString();
  }

  private double middle(int bucket) {
    return x.applyAsDouble(bucket * buckets.width() + buckets.width() / 2);
  }

  private static String unit(int decade) {
    String[] units = {"ns", "µs", "ms", "s"};
    int group = Math.min(3, decade / 3);
    return Math.round(Math.pow(10, decade - 3 * group)) + " " + units[group];
  }

  private void name(String text, double at) {
    fixed.leaf("text", text, "class", "lane small", "x", 4, "y", at);
  }

  private static String start(double x, double y) {
    return "M" + tenth(x) + " " + tenth(y);
  }

  static String tenth(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
