package dev.faultline.harness.run;

import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Trouble;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How large seeded faults are, by the silence after which the target gives a node up. */
final class Magnitudes {
  private Magnitudes() {}

  /**
   * @param unit that silence, nanoseconds
   */
  static Effect effect(String kind, long unit, RandomGenerator random) {
    return switch (kind) {
      case "link.latency" -> Effect.latency(nanos(unit / 10 + part(unit / 2, random)));
      case "link.jitter" ->
          new Effect(
              Duration.ZERO,
              nanos(Math.max(unit / 8, 20_000_000) + part(unit / 4, random)),
              0,
              false,
              false,
              Duration.ZERO);
      case "link.reset-after" -> Effect.bytes(2_000 + random.nextInt(20_000), 0, 0);
      case "link.slice" -> Effect.bytes(0, 4 + random.nextInt(28), 0);
      case "link.corrupt" -> Effect.bytes(0, 0, 2 + random.nextInt(20));
      case "link.bandwidth" ->
          new Effect(
              Duration.ZERO, Duration.ZERO, 1 + random.nextInt(8), false, false, Duration.ZERO);
      case "link.reset" -> new Effect(Duration.ZERO, Duration.ZERO, 0, true, false, Duration.ZERO);
      case "link.hang" -> new Effect(Duration.ZERO, Duration.ZERO, 0, false, true, Duration.ZERO);
      case "link.slow-close" ->
          new Effect(Duration.ZERO, Duration.ZERO, 0, false, false, nanos(unit / 4));
      case "link.loss" -> Effect.messages(5 + random.nextInt(50), 0, Duration.ZERO);
      case "link.duplicate" -> Effect.messages(0, 10 + random.nextInt(60), Duration.ZERO);
      case "link.reorder" ->
          Effect.messages(0, 0, nanos(Math.max(unit / 20, 10_000_000) + part(unit / 4, random)));
      default -> throw new IllegalStateException("no way to plan '" + kind + "'");
    };
  }

  static Trouble trouble(String kind, long unit, RandomGenerator random) {
    return new Trouble(
        kind.equals("disk.stall"),
        kind.equals("disk.full"),
        kind.equals("disk.corrupt"),
        kind.equals("disk.slow")
            ? nanos(Math.max(unit / 20, 10_000_000) + part(unit / 2, random))
            : Duration.ZERO);
  }

  static long part(long most, RandomGenerator random) {
    return most <= 0 ? 0 : random.nextLong(most);
  }

  /** Whole milliseconds, so that plans read well. */
  static Duration nanos(long nanos) {
    return Duration.ofMillis(nanos / 1_000_000);
  }
}
