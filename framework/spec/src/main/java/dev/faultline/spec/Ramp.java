package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;

/** What lies between two sizes of a fault: durations, rate errors or whole numbers. */
final class Ramp {
  private static final String RATE = "[+-]?\\d{1,9}ppm";

  private Ramp() {}

  /**
   * The size after some of so many steps, as it is written in a plan.
   *
   * @param step from 0, where it is {@code from}, to {@code steps}, where it is {@code to}
   */
  static Object value(JsonView from, JsonView to, int step, int steps) {
    if (from.value() instanceof Long a && to.value() instanceof Long b) {
      return between(a, b, step, steps);
    }
    String low = from.string();
    String high = to.string();
    if (low.matches(RATE) && high.matches(RATE)) {
      return between(ppm(low), ppm(high), step, steps) + "ppm";
    }
    long nanos = between(from.duration().toNanos(), to.duration().toNanos(), step, steps);
    // Whole microseconds, so that plans read well.
    return Durations.format(Duration.ofNanos(nanos / 1_000 * 1_000));
  }

  private static long ppm(String text) {
    return Long.parseLong(text.replace("ppm", ""));
  }

  private static long between(long from, long to, int step, int steps) {
    return from + (to - from) * step / steps;
  }
}
