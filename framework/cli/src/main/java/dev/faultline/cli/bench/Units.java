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

  static String bytes(double bytes) {
    return bytes >= 1e9
        ? three(bytes / 1e9) + " GB"
        : bytes >= 1e6 ? three(bytes / 1e6) + " MB" : three(bytes / 1e3) + " kB";
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
