package dev.faultline.cli.bench;

import java.util.Locale;

/** Figures for people. */
final class Units {
  private Units() {}

  static String time(double seconds) {
    if (seconds >= 1) {
      return three(seconds) + " s";
    }
    return seconds >= 1e-3 ? three(seconds * 1e3) + " ms" : three(seconds * 1e6) + " us";
  }

  static String bytes(long bytes) {
    double b = (double) bytes;
    return b >= 1e9
        ? three(b / 1e9) + " GB"
        : b >= 1e6 ? three(b / 1e6) + " MB" : three(b / 1e3) + " kB";
  }

  static String ratio(double ratio) {
    return ratio >= 0.01 ? three(ratio) : String.format(Locale.ROOT, "%.1g", ratio);
  }

  /** With about three digits. */
  static String three(double value) {
    String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
