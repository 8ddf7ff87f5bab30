package dev.faultline.proxy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The kinds of toxics there are, by the names and attributes of Toxiproxy 2.12, and ours. */
final class Toxics {
  /** Must see a connection from its first byte. */
  static final String FRAMES = "frames";

  /** Those that Toxiproxy has not. */
  static final List<String> OWN = List.of("reset_data", "corrupt", FRAMES);

  /** Attributes by type; all are whole numbers, 0 when absent. */
  static final Map<String, List<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("noop", List.of()),
          Map.entry("latency", List.of("latency", "jitter")),
          Map.entry("bandwidth", List.of("rate")),
          Map.entry("slow_close", List.of("delay")),
          Map.entry("timeout", List.of("timeout")),
          Map.entry("reset_peer", List.of("timeout")),
          Map.entry("slicer", List.of("average_size", "size_variation", "delay")),
          Map.entry("limit_data", List.of("bytes")),
          Map.entry("reset_data", List.of("bytes")),
          Map.entry("corrupt", List.of("percent")),
          Map.entry(FRAMES, List.of("loss", "duplicate", "reorder")));

  // About 29 years: can be added to any time of a connection without overflow.
  private static final long LONGEST = Long.MAX_VALUE / 10;

  private Toxics() {}

  /**
   * A fresh machine.
   *
   * @param counts takes what it does
   * @param reset told before a toxic ends the connection with a reset
   */
  static Toxic make(ToxicSpec spec, RandomGenerator random, FaultCounts counts, Runnable reset) {
    Runnable onReset =
        () -> {
          counts.resets().increment();
          reset.run();
        };
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
      case "reset_data" -> new ResetDataToxic(attribute(spec, "bytes"), onReset);
      case "corrupt" -> new CorruptToxic(attribute(spec, "percent"), random, counts.corrupted());
      case FRAMES ->
          new FrameToxic(
              attribute(spec, "loss"),
              attribute(spec, "duplicate"),
              attribute(spec, "reorder"),
              random,
              counts);
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
