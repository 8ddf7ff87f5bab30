package dev.faultline.proxy;

import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Fault.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that bring one proxy from what it is to what its two directions ask for. Pure.
 *
 * <ul>
 *   <li>Drop, and a hang: {@code timeout} 0. Its removal closes the connections; that is
 *       Toxiproxy's doing and cannot be avoided.
 *   <li>Hold: {@code latency} of {@link #HOLD_MILLIS}. Healing sets it to what else is asked for,
 *       and what was held flows. It is never removed: to remove a toxic, the real server waits 5 s
 *       for each chunk that a dead receiver no longer takes, and locks the proxy meanwhile.
 *   <li>Refuse: {@code enabled: false}, if both directions are cut and one of them so. If the other
 *       one is cut in another way, no message passes either, and a reset connection takes along
 *       what was held. If the other one is not cut, disabling would cut it too: then the direction
 *       drops.
 * </ul>
 *
 * <p>Jitter is the built-in server's own, which is seeded; at the real one it is a second latency,
 * which {@link ProxyLinks} changes in steps.
 *
 * <p>Order: what worsens a link comes before what betters it, so that no message passes between two
 * cuts. The server releases the chunk that a latency holds when a toxic is put behind it; so a held
 * stream is left alone, and a stream that changes from hold to drop goes through a moment of
 * refusal, in which the held bytes die with their connection.
 */
final class WirePlan {
  /** 30 days: longer than any run, and far from overflow in the server's nanoseconds. */
  static final long HOLD_MILLIS = Duration.ofDays(30).toMillis();

  private WirePlan() {}

  /** One request. */
  sealed interface Step {}

  record Enable() implements Step {}

  record Disable() implements Step {}

  record Add(ToxicSpec toxic) implements Step {}

  record Update(ToxicSpec toxic) implements Step {}

  record Remove(String toxic) implements Step {}

  /** What a proxy is; toxics by name. */
  record Known(boolean enabled, Map<String, ToxicSpec> toxics) {
    static final Known FRESH = new Known(true, Map.of());

    Known after(Step step) {
      Map<String, ToxicSpec> next = new LinkedHashMap<>(toxics);
      boolean on = enabled;
      switch (step) {
        case Enable e -> on = true;
        case Disable d -> on = false;
        case Add(ToxicSpec toxic) -> next.put(toxic.name(), toxic);
        case Update(ToxicSpec toxic) -> next.put(toxic.name(), toxic);
        case Remove(String toxic) -> next.remove(toxic);
      }
      return new Known(on, next);
    }
  }

  /**
   * How jitter comes about on the two streams of a wire.
   *
   * @param own by the built-in server; else by a second latency, now of this many milliseconds
   */
  record Jitter(boolean own, long up, long down) {
    static final Jitter OWN = new Jitter(true, 0, 0);

    long of(Stream stream) {
      return stream == Stream.UPSTREAM ? up : down;
    }
  }

  static List<Step> steps(Known from, LinkState up, LinkState down) {
    return steps(from, up, down, Jitter.OWN);
  }

  static List<Step> steps(Known from, LinkState up, LinkState down, Jitter jitter) {
    List<Step> steps = new ArrayList<>();
    boolean on = from.enabled();
    if (refused(up, down)) {
      if (on) {
        steps.add(new Disable());
      }
      return steps;
    }
    if (on
        && (swallowsHeld(from, Stream.UPSTREAM, up)
            || swallowsHeld(from, Stream.DOWNSTREAM, down))) {
      steps.add(new Disable());
      on = false;
    }
    stream(from.toxics(), Stream.UPSTREAM, up, jitter, steps);
    stream(from.toxics(), Stream.DOWNSTREAM, down, jitter, steps);
    if (!on) {
      steps.add(new Enable());
    }
    return steps;
  }

  private static boolean refused(LinkState up, LinkState down) {
    return up.cut() != null
        && down.cut() != null
        && (up.cut() == Mode.REFUSE || down.cut() == Mode.REFUSE);
  }

  private static boolean swallowsHeld(Known from, Stream stream, LinkState to) {
    return holds(from.toxics(), stream) && drops(to);
  }

  private static boolean holds(Map<String, ToxicSpec> toxics, Stream stream) {
    ToxicSpec latency = toxics.get(latency(stream, HOLD_MILLIS, 0).name());
    return latency != null && Toxics.attribute(latency, "latency") >= HOLD_MILLIS;
  }

  private static boolean drops(LinkState state) {
    return state.effect().hang() || state.cut() == Mode.DROP || state.cut() == Mode.REFUSE;
  }

  private static void stream(
      Map<String, ToxicSpec> known, Stream stream, LinkState to, Jitter jitter, List<Step> steps) {
    ToxicSpec timeout = ToxicSpec.of("timeout", stream, Map.of("timeout", 0L));
    boolean dropped = drops(to);
    boolean held = !dropped && to.cut() == Mode.HOLD;
    if (held) {
      put(known, latency(stream, HOLD_MILLIS, 0), true, steps);
      put(known, timeout, false, steps);
      return;
    }
    if (dropped) {
      put(known, timeout, true, steps);
    }
    Effect effect = to.effect();
    put(
        known,
        ToxicSpec.of("bandwidth", stream, Map.of("rate", effect.bandwidthKBps())),
        effect.bandwidthKBps() > 0,
        steps);
    put(
        known,
        ToxicSpec.of("slow_close", stream, Map.of("delay", millis(effect.slowClose()))),
        !effect.slowClose().isZero(),
        steps);
    put(known, ToxicSpec.of("reset_peer", stream, Map.of("timeout", 0L)), effect.reset(), steps);
    bytes(known, stream, effect, jitter.own(), steps);
    ToxicSpec latency = latency(stream, millis(effect.latency()), millis(effect.jitter()));
    if (!jitter.own()) {
      // The least latency, and what is drawn on top of it: an update lets a chunk that is held pass
      // before its time, but only by what is drawn.
      long least = Math.max(0, millis(effect.latency()) - millis(effect.jitter()));
      latency = latency(stream, least, 0);
      ToxicSpec drawn =
          new ToxicSpec(
              "jitter_" + stream.text(),
              "latency",
              stream,
              1.0,
              Map.of("latency", jitter.of(stream), "jitter", 0L));
      if (!effect.jitter().isZero() || known.containsKey(drawn.name())) {
        put(known, drawn, true, steps);
      }
    }
    boolean late = !effect.latency().isZero() || !effect.jitter().isZero();
    if (late || known.containsKey(latency.name())) {
      put(known, latency, true, steps);
    }
    if (!dropped) {
      put(known, timeout, false, steps);
    }
  }

  /** What is done to bytes and frames. */
  private static void bytes(
      Map<String, ToxicSpec> known, Stream stream, Effect effect, boolean own, List<Step> steps) {
    put(
        known,
        ToxicSpec.of(
            Toxics.FRAMES,
            stream,
            Map.of(
                "loss", (long) effect.lossPercent(),
                "duplicate", (long) effect.duplicatePercent(),
                "reorder", millis(effect.reorder()))),
        effect.lossPercent() > 0 || effect.duplicatePercent() > 0 || !effect.reorder().isZero(),
        steps);
    put(
        known,
        ToxicSpec.of("corrupt", stream, Map.of("percent", (long) effect.corruptPercent())),
        effect.corruptPercent() > 0,
        steps);
    put(
        known,
        ToxicSpec.of(
            "slicer",
            stream,
            Map.of(
                "average_size",
                (long) effect.sliceBytes(),
                "size_variation",
                0L,
                "delay",
                Effect.SLICE_PAUSE.toNanos() / 1_000)),
        effect.sliceBytes() > 0,
        steps);
    // The real server knows no reset after bytes, but an end.
    put(
        known,
        ToxicSpec.of(
            own ? "reset_data" : "limit_data", stream, Map.of("bytes", effect.resetAfterBytes())),
        effect.resetAfterBytes() > 0,
        steps);
  }

  private static void put(
      Map<String, ToxicSpec> known, ToxicSpec toxic, boolean wanted, List<Step> steps) {
    @Nullable ToxicSpec there = known.get(toxic.name());
    if (!wanted) {
      if (there != null) {
        steps.add(new Remove(toxic.name()));
      }
    } else if (there == null) {
      steps.add(new Add(toxic));
    } else if (!there.equals(toxic)) {
      steps.add(new Update(toxic));
    }
  }

  private static ToxicSpec latency(Stream stream, long millis, long jitterMillis) {
    return ToxicSpec.of("latency", stream, Map.of("latency", millis, "jitter", jitterMillis));
  }

  /** Rounded up: a disturbance that was asked for is never none. */
  private static long millis(Duration duration) {
    return duration.plusNanos(999_999).toMillis();
  }
}
