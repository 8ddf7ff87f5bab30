package dev.faultline.proxy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The kinds of toxics there are, by the names and attributes of Toxiproxy 2.12. */
final class Toxics {
  /** Attributes by type; all are whole numbers, 0 when absent. */
  static final Map<String, List<String>> ATTRIBUTES =
      Map.of(
          "noop", List.of(),
          "latency", List.of("latency", "jitter"),
          "bandwidth", List.of("rate"),
          "slow_close", List.of("delay"),
          "timeout", List.of("timeout"),
          "reset_peer", List.of("timeout"),
          "slicer", List.of("average_size", "size_variation", "delay"),
          "limit_data", List.of("bytes"));

  // About 29 years: can be added to any time of a connection without overflow.
  private static final long LONGEST = Long.MAX_VALUE / 10;

  private Toxics() {}

  /**
   * A fresh machine.
   *
   * @param onReset told before a toxic ends the connection with a reset
   */
  static Toxic make(ToxicSpec spec, RandomGenerator random, Runnable onReset) {
    // Drawn even where it decides nothing, so that a changed toxicity shifts no other choice.
    if (random.nextFloat() >= spec.toxicity()) {
      return new PassToxic();
    }
    return switch (spec.type()) {
      case "noop" -> new PassToxic();
      case "latency" ->
          new LatencyToxic(attribute(spec, "latency"), attribute(spec, "jitter"), random);
      case "bandwidth" -> new BandwidthToxic(attribute(spec, "rate"));
      case "slow_close" -> new SlowCloseToxic(nanos(TimeUnit.MILLISECONDS, spec, "delay"));
      case "timeout" -> new TimeoutToxic(nanos(TimeUnit.MILLISECONDS, spec, "timeout"));
      case "reset_peer" ->
          new ResetPeerToxic(nanos(TimeUnit.MILLISECONDS, spec, "timeout"), onReset);
      case "slicer" ->
          new SlicerToxic(
              attribute(spec, "average_size"),
              attribute(spec, "size_variation"),
              nanos(TimeUnit.MICROSECONDS, spec, "delay"),
              random);
      case "limit_data" -> new LimitDataToxic(attribute(spec, "bytes"));
      default -> throw new IllegalArgumentException("no toxic type '" + spec.type() + "'");
    };
  }

  /** Whether taking a toxic away ends the connection, whatever its toxicity decided. */
  static boolean endsWhenRemoved(ToxicSpec spec) {
    return spec.type().equals("timeout");
  }

  static long attribute(ToxicSpec spec, String name) {
    return spec.attributes().getOrDefault(name, 0L);
  }

  static long nanos(TimeUnit unit, long value) {
    return Math.clamp(unit.toNanos(value), -LONGEST, LONGEST);
  }

  private static long nanos(TimeUnit unit, ToxicSpec spec, String name) {
    return nanos(unit, attribute(spec, name));
  }
}
