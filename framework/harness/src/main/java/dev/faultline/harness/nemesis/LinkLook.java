package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.Probe;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at single links, during a fault and after it, and says what that proves. A probe that comes
 * too early speaks against a delay for good; one that comes late or not at all may only tell of a
 * machine with much to do, and is sent again.
 */
final class LinkLook {
  static final Duration CUT_WITHIN = Duration.ofMillis(300);
  static final Duration PASS_WITHIN = Duration.ofSeconds(2);

  /** So many probes at least tell how much a latency changes. */
  private static final int SAMPLES = 5;

  /** So many that hardly all take the same time by chance. */
  private static final int STEADY = 20;

  /** A probe of more than the bytes after which a connection is reset. */
  private static final int BEYOND = 1_000;

  private static final int SMALL = 64;

  private final Cluster cluster;
  private final Async async;
  private final Baseline baseline;
  private final Predicate<Link> usable;
  private final Quiet quiet;
  private final Map<Link, List<Long>> samples = new LinkedHashMap<>();

  /**
   * @param usable whether both ends run, so that a probe can tell something
   */
  LinkLook(Cluster cluster, Async async, Baseline baseline, Predicate<Link> usable) {
    this.cluster = cluster;
    this.async = async;
    this.baseline = baseline;
    this.usable = usable;
    this.quiet = new Quiet(cluster, async);
  }

  enum Sign {
    PROOF,
    /** Nothing can be concluded: no traffic, or an end that does not run. */
    NOTHING,
    AGAINST
  }

  /**
   * What one look told.
   *
   * @param passing whether it may be otherwise at the next look although nothing changes
   */
  record Seen(Link link, Sign sign, String text, boolean passing) {
    Seen(Link link, Sign sign, String text) {
      this(link, sign, text, false);
    }

    /** With another look at the same link, whose sign counts. */
    Seen and(Seen later) {
      return new Seen(
          link, later.sign, text.isEmpty() ? later.text : text + "; " + later.text, later.passing);
    }

    /** Whether another look is of no use. */
    boolean settled() {
      return sign == Sign.PROOF || (sign == Sign.AGAINST && !passing);
    }
  }

  static boolean silent(LinkState state) {
    return state.cut() != null || state.effect().hang() || state.effect().reset();
  }

  /** Counts what single messages met before the fault. */
  CompletableFuture<Void> begin(Map<Link, LinkState> states) {
    List<CompletableFuture<Void>> counts = new ArrayList<>();
    states.forEach((link, state) -> {
      // Probes of several links may end on several threads; each has a list of its own.
      samples.put(link, new ArrayList<>());
      if (state.effect().perMessage()) {
        counts.add(quiet.begin(link));
      }
    });
    return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new));
  }

  /**
   * What a probe sees and what was counted: both where the fault is of both sorts.
   *
   * @param state what the fault does to the link
   * @param whole what all faults do to it
   */
  CompletableFuture<Seen> at(Link link, LinkState state, LinkState whole) {
    Effect effect = state.effect();
    if (!effect.perMessage()) {
      return see(link, state, whole);
    }
    return quiet
        .since(link)
        .thenCompose(tally -> {
          Seen counted = Quiet.counted(link, effect, tally);
          LinkState rest = new LinkState(state.cut(), effect.perProbe());
          if (rest.equals(LinkState.CLEAR) || counted.sign != Sign.PROOF) {
            return CompletableFuture.completedFuture(counted);
          }
          return see(link, rest, whole)
              .thenApply(
                  seen -> new Seen(link, seen.sign, seen.text + "; " + counted.text, seen.passing));
        });
  }

  private CompletableFuture<Seen> see(Link link, LinkState state, LinkState whole) {
    if (!usable.test(link)) {
      return CompletableFuture.completedFuture(
          new Seen(link, Sign.NOTHING, "an end is not running"));
    }
    if (silent(whole) && !silent(state)) {
      return CompletableFuture.completedFuture(
          new Seen(link, Sign.NOTHING, "another fault lets nothing pass"));
    }
    if (silent(state)) {
      Probe earlier = baseline.of(link);
      return cluster
          .probe(link, size(state.effect()), CUT_WITHIN)
          .thenApply(probe -> silenced(link, state, earlier, probe));
    }
    return state.effect().resetAfterBytes() > 0
        ? severed(link, state.effect(), whole.effect())
        : measured(link, state.effect(), whole.effect());
  }

  /** What is longer than a connection may carry does not pass, and what is shorter does. */
  private CompletableFuture<Seen> severed(Link link, Effect effect, Effect whole) {
    int most = (int) effect.resetAfterBytes();
    return cluster
        .probe(link, most + BEYOND, within(whole))
        .thenCompose(probe -> {
          if (probe.passed()) {
            return CompletableFuture.completedFuture(
                new Seen(link, Sign.AGAINST, (most + BEYOND) + " bytes passed"));
          }
          if (unsent(probe)) {
            return CompletableFuture.completedFuture(
                new Seen(link, Sign.NOTHING, "no probe can be as long"));
          }
          String ended = (most + BEYOND) + " bytes did not pass" + how(probe);
          if (most <= 4 * SMALL) {
            return CompletableFuture.completedFuture(new Seen(link, Sign.PROOF, ended));
          }
          return measured(link, effect, whole)
              .thenApply(
                  seen -> new Seen(link, seen.sign, ended + "; fewer " + seen.text, seen.passing));
        });
  }

  /** Whether the proxy's counters say that there was nothing to pass. */
  private static boolean unsent(Probe probe) {
    return probe.means().equals("counters")
        && probe.detail().get("bytesIn") instanceof Number in
        && in.longValue() == 0;
  }

  private CompletableFuture<Seen> measured(Link link, Effect effect, Effect whole) {
    long wanted = size(effect);
    long most = whole.resetAfterBytes();
    int bytes = (int) (most > 0 ? Math.min(wanted, Math.max(1, most / 2)) : wanted);
    return cluster
        .probe(link, bytes, within(whole))
        .thenApply(probe -> disturbed(link, effect, whole, bytes, probe));
  }

  private static Duration within(Effect effect) {
    return PASS_WITHIN
        .plus(effect.latency().plus(effect.jitter()).multipliedBy(2))
        .plus(effect.slowClose());
  }

  /** Half a second's worth of a slow link, or many pieces, so that the slowness shows. */
  private static int size(Effect effect) {
    long bytes = effect.bandwidthKBps() * 500;
    bytes = bytes == 0 ? SMALL : Math.clamp(bytes, 1_000, 64_000);
    if (effect.sliceBytes() > 0) {
      bytes = Math.max(bytes, Math.min(64_000L, effect.sliceBytes() * 200L));
    }
    return (int) bytes;
  }

  private static Seen silenced(Link link, LinkState state, @Nullable Probe earlier, Probe probe) {
    if (probe.passed()) {
      boolean counted = probe.means().equals("counters");
      return new Seen(
          link,
          Sign.AGAINST,
          counted ? "bytes came out" : "passed in " + millis(probe.nanos()),
          counted);
    }
    // What nobody sends cannot be seen to be cut, unless the connection itself is refused.
    boolean idle = state.cut() != Fault.Mode.REFUSE && unsent(probe);
    if (earlier != null && !earlier.passed()) {
      return new Seen(link, Sign.NOTHING, "nothing passed before the fault either");
    }
    String passed =
        earlier == null
            ? ""
            : earlier.nanos() == 0 ? "; before, it did" : "; before, in " + millis(earlier.nanos());
    return new Seen(
        link,
        idle ? Sign.NOTHING : Sign.PROOF,
        idle ? "no traffic" : "nothing passed" + how(probe) + passed);
  }

  private static String how(Probe probe) {
    Object why = probe.detail().get("why");
    if (why != null) {
      return " (" + why + ")";
    }
    return probe.detail().get("bytesIn") instanceof Number in
        ? " (" + in + " bytes in, " + probe.detail().getOrDefault("bytesOut", 0L) + " out)"
        : "";
  }

  private Seen disturbed(Link link, Effect effect, Effect whole, int bytes, Probe probe) {
    if (probe.means().equals("counters")) {
      return new Seen(link, Sign.NOTHING, "no probe can measure it");
    }
    if (!probe.passed()) {
      return new Seen(link, Sign.AGAINST, "nothing passed" + how(probe), true);
    }
    long least = least(effect, bytes);
    long most = 2 * (least(whole, bytes) + whole.jitter().toNanos() * 2) + PASS_WITHIN.toNanos();
    String text = "passed in " + millis(probe.nanos());
    // Of a round trip, how long the way back took may not be known.
    long uncertain = probe.detail().get("uncertainNanos") instanceof Number n ? n.longValue() : 0;
    if (probe.nanos() < least * 9 / 10 - uncertain) {
      return new Seen(link, Sign.AGAINST, text);
    }
    if (probe.nanos() > most) {
      return new Seen(link, Sign.AGAINST, text, true);
    }
    if (!effect.slowClose().isZero()) {
      long closed = closed(probe);
      text += closed < 0 ? ", no close seen" : ", closed after " + millis(closed);
      if (closed < effect.slowClose().toNanos() * 9 / 10) {
        return new Seen(link, closed < 0 ? Sign.NOTHING : Sign.AGAINST, text);
      }
    }
    return effect.jitter().isZero()
        ? new Seen(link, Sign.PROOF, text)
        : spread(link, effect, probe.nanos(), uncertain > 0);
  }

  private static long least(Effect effect, int bytes) {
    long least = Math.max(0, effect.latency().minus(effect.jitter()).toNanos());
    if (effect.bandwidthKBps() > 0) {
      // The proxy lets the first piece of 100 ms pass at once.
      least += Math.max(0, bytes * 1_000_000L / effect.bandwidthKBps() - 200_000_000L);
    }
    if (effect.sliceBytes() > 0) {
      long pauses = Math.max(0, (bytes - 1) / effect.sliceBytes() - 1);
      least = Math.max(least, pauses * Effect.SLICE_PAUSE.toNanos());
    }
    return least;
  }

  /** A latency that changes: by a third of its range of change at least. */
  private Seen spread(Link link, Effect effect, long nanos, boolean bothWays) {
    List<Long> all = samples.getOrDefault(link, new ArrayList<>());
    all.add(nanos);
    long shortest = all.stream().mapToLong(Long::longValue).min().orElse(0);
    long longest = all.stream().mapToLong(Long::longValue).max().orElse(0);
    String text =
        "%d probes passed in %s to %s%s"
            .formatted(
                all.size(),
                millis(shortest),
                millis(longest),
                bothWays ? ", there and back, less the way back's mean" : "");
    // Where the way back changes too, the mean tells that this way is late at all.
    double mean = all.stream().mapToLong(Long::longValue).average().orElse(0);
    double least = effect.latency().toNanos() - effect.jitter().toNanos() * 0.5;
    boolean shown =
        all.size() >= SAMPLES
            && longest - shortest >= effect.jitter().toNanos() / 3
            && (!bothWays || mean >= least);
    return new Seen(link, shown ? Sign.PROOF : Sign.AGAINST, text, true);
  }

  private static long closed(Probe probe) {
    return probe.detail().get("closeNanos") instanceof Number n ? n.longValue() : -1;
  }

  /** The fault was just taken back: whether single messages meet nothing of it any more. */
  CompletableFuture<Seen> quiet(Link link, LinkState was) {
    return was.effect().perMessage()
        ? quiet.after(link, was.effect())
        : CompletableFuture.completedFuture(new Seen(link, Sign.NOTHING, ""));
  }

  /** Whether a link that is to be clear is: a probe shows nothing of the fault any more. */
  CompletableFuture<Seen> gone(Link link, LinkState was) {
    Effect effect = was.effect();
    int bytes =
        effect.resetAfterBytes() > 0 ? (int) effect.resetAfterBytes() + BEYOND : size(effect);
    long most = Math.max(50_000_000L, least(effect, bytes) * 8 / 10);
    return cluster
        .probe(link, bytes, PASS_WITHIN)
        .thenCompose(probe -> {
          Seen seen = passed(link, effect, bytes, most, probe);
          boolean uncertain = probe.detail().get("uncertainNanos") != null;
          return effect.jitter().isZero() || uncertain || seen.sign != Sign.PROOF || counted(probe)
              ? CompletableFuture.completedFuture(seen)
              : steady(link, effect, new ArrayList<>(List.of(probe.nanos())));
        });
  }

  private static boolean counted(Probe probe) {
    return probe.means().equals("counters");
  }

  private static Seen passed(Link link, Effect effect, int bytes, long most, Probe probe) {
    if (unsent(probe) && bytes > SMALL) {
      return new Seen(link, Sign.NOTHING, "no probe can be as long");
    }
    if (counted(probe)) {
      return new Seen(
          link,
          probe.passed() ? Sign.PROOF : Sign.AGAINST,
          probe.passed() ? "bytes pass again" : "no bytes pass yet");
    }
    boolean closes =
        effect.slowClose().isZero()
            || closed(probe) < Math.max(most, effect.slowClose().toNanos() * 8 / 10);
    return new Seen(
        link,
        probe.passed() && probe.nanos() <= most && closes ? Sign.PROOF : Sign.AGAINST,
        probe.passed() ? "passes in " + millis(probe.nanos()) : "nothing passes");
  }

  /** Probes one after the other: a latency that changed does so no more. */
  private CompletableFuture<Seen> steady(Link link, Effect effect, List<Long> passed) {
    long spread = passed.stream().mapToLong(Long::longValue).max().orElse(0);
    spread -= passed.stream().mapToLong(Long::longValue).min().orElse(0);
    boolean steady = spread < Math.max(effect.jitter().toNanos() / 3, 20_000_000);
    if (!steady || passed.size() >= STEADY) {
      String text = "%d probes differ by %s".formatted(passed.size(), millis(spread));
      return CompletableFuture.completedFuture(
          new Seen(link, steady ? Sign.PROOF : Sign.AGAINST, text));
    }
    return async
        .onLoop(cluster.probe(link, SMALL, PASS_WITHIN))
        .thenCompose(probe -> {
          passed.add(probe.passed() ? probe.nanos() : PASS_WITHIN.toNanos());
          return steady(link, effect, passed);
        });
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
