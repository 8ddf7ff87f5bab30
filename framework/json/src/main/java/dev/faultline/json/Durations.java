package dev.faultline.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: a number and a unit of {@code ns us ms s m}, such as {@code
 * 1.5s}.
 */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(ns|us|ms|s|m)");

  private Durations() {}

  /**
   * The duration that a text names.
   *
   * @throws IllegalArgumentException naming the text and the form wanted
   */
  public static Duration parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write for instance 250ms, 2s or 1.5s");
    }
    long unit =
        switch (m.group(2)) {
          case "ns" -> 1L;
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          default -> 60_000_000_000L;
        };
    try {
      return Duration.ofNanos(
          new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too long or too fine a duration");
    }
  }

  /** The shortest text that {@link #parse} reads back as the same duration. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    BigDecimal value = BigDecimal.valueOf(nanos);
    if (Math.abs(nanos) >= 1_000_000_000L && nanos % 1_000_000L == 0) {
      return plain(value.movePointLeft(9)) + "s";
    }
    if (nanos % 1_000L == 0) {
      return Math.abs(nanos) >= 1_000_000L
          ? plain(value.movePointLeft(6)) + "ms"
          : plain(value.movePointLeft(3)) + "us";
    }
    return nanos + "ns";
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
