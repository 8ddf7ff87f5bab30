package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.Probe;
import dev.faultline.harness.Cluster.Tally;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cut or a disturbance of links. Proven by a probe through each direction before the fault,
 * during it and after it, and by probes that other directions still pass; where no probe can run,
 * by what went into and out of the proxy. What happens to single messages is proven by counting
 * them.
 */
final class LinkDeed implements Deed {
  /** More probes than this would disturb what is tested. */
  private static final int PROBED = 12;

  private static final int CONTROLS = 3;
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration CUT_WITHIN = Duration.ofMillis(300);
  private static final Duration PASS_WITHIN = Duration.ofSeconds(2);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(8);

  private final String fault;
  private final String target;
  private final Map<Link, LinkState> states;
  private final Cluster cluster;
  private final LinkTable table;
  private final Async async;
  private final Baseline baseline;
  private final Duration proveWithin;
  private final Predicate<Link> usable;
  private final Map<Link, Tally> before = new LinkedHashMap<>();

  /**
   * @param usable whether both ends run, so that a probe can tell something
   * @param lasting bounds how long a proof may take
   */
  LinkDeed(
      String fault,
      String target,
      Map<Link, LinkState> states,
      Cluster cluster,
      LinkTable table,
      Async async,
      Baseline baseline,
      Duration lasting,
      Predicate<Link> usable) {
    this.fault = fault;
    this.target = target;
    this.states = states;
    this.cluster = cluster;
    this.table = table;
    this.async = async;
    this.baseline = baseline;
    this.proveWithin = lasting;
    this.usable = usable;
  }

  @Override
  public Map<String, @Nullable Object> resolved() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("target", target);
    facts.put("links", states.keySet().stream().map(Link::toString).toList());
    return facts;
  }

  @Override
  public Set<String> exclusive() {
    return Set.of();
  }

  @Override
  public CompletableFuture<Void> apply() {
    states.keySet().forEach(l -> before.put(l, cluster.tally(l)));
    return table.put(fault, states);
  }

  @Override
  public CompletableFuture<Proof> prove() {
    List<CompletableFuture<Seen>> attempts = new ArrayList<>();
    List<Link> probed = probed();
    for (Link link : probed) {
      LinkState state = state(link);
      // Not so late that the last look outlasts the fault.
      Duration late = proveWithin.minus(silent(state) ? CUT_WITHIN : Duration.ZERO);
      Duration within = late.isNegative() ? Duration.ZERO : late;
      attempts.add(async.until(() -> seeAll(link, state), Seen::settled, EVERY, within));
    }
    table.clear().stream()
        .filter(l -> !probed.contains(l) && usable.test(l) && near(l))
        .limit(CONTROLS)
        .forEach(l -> attempts.add(control(l)));
    return Async.all(attempts).thenApply(this::verdict);
  }

  @Override
  public CompletableFuture<Proof> undo() {
    return table
        .remove(fault)
        .thenCompose(done -> {
          List<CompletableFuture<Seen>> attempts = new ArrayList<>();
          for (Link link : probed()) {
            if (table.state(link).equals(LinkState.CLEAR) && usable.test(link)) {
              attempts.add(
                  async.until(() -> gone(link), s -> s.sign != Sign.AGAINST, EVERY, GONE_WITHIN));
            }
          }
          return Async.all(attempts).thenApply(this::ended);
        });
  }

  private enum Sign {
    PROOF,
    /** Nothing can be concluded: no traffic, or an end that does not run. */
    NOTHING,
    AGAINST
  }

  /**
   * What one look told.
   *
   * @param counted whether the proxy's counters told it, which may still take in what passed before
   */
  private record Seen(Link link, Sign sign, String text, boolean counted) {
    Seen(Link link, Sign sign, String text) {
      this(link, sign, text, false);
    }

    /** Whether another look is of no use. */
    boolean settled() {
      return sign == Sign.PROOF || (sign == Sign.AGAINST && !counted);
    }
  }

  private List<Link> probed() {
    return states.keySet().stream().limit(PROBED).toList();
  }

  private LinkState state(Link link) {
    return states.getOrDefault(link, LinkState.CLEAR);
  }

  /** What a probe sees and what was counted: both where the fault is of both sorts. */
  private CompletableFuture<Seen> seeAll(Link link, LinkState state) {
    Fault.Effect effect = state.effect();
    if (!effect.perMessage()) {
      return see(link, state);
    }
    Seen counted = counted(link, effect);
    Fault.Effect rest =
        new Fault.Effect(
            effect.latency(),
            effect.jitter(),
            effect.bandwidthKBps(),
            effect.reset(),
            effect.hang(),
            effect.slowClose());
    if (rest.equals(Fault.Effect.NONE) || counted.sign != Sign.PROOF) {
      return CompletableFuture.completedFuture(counted);
    }
    return see(link, new LinkState(state.cut(), rest))
        .thenApply(seen -> new Seen(link, seen.sign, seen.text + "; " + counted.text));
  }

  /** Nothing can be concluded as long as chance spared the messages, or there were none. */
  private Seen counted(Link link, Fault.Effect effect) {
    Tally from = before.getOrDefault(link, Tally.NONE);
    Tally now = cluster.tally(link);
    long lost = now.lost() - from.lost();
    long doubled = now.duplicated() - from.duplicated();
    long overtaken = now.overtaken() - from.overtaken();
    List<String> counts = new ArrayList<>();
    boolean all = true;
    if (effect.lossPercent() > 0) {
      counts.add(lost + " lost");
      all &= lost > 0;
    }
    if (effect.duplicatePercent() > 0) {
      counts.add(doubled + " arrived twice");
      all &= doubled > 0;
    }
    if (!effect.reorder().isZero()) {
      counts.add(overtaken + " overtaken");
      all &= overtaken > 0;
    }
    return new Seen(link, all ? Sign.PROOF : Sign.NOTHING, String.join(", ", counts));
  }

  private CompletableFuture<Seen> see(Link link, LinkState state) {
    if (!usable.test(link)) {
      return CompletableFuture.completedFuture(
          new Seen(link, Sign.NOTHING, "an end is not running"));
    }
    Fault.Effect effect = state.effect();
    boolean silent = silent(state);
    Duration within =
        silent
            ? CUT_WITHIN
            : PASS_WITHIN.plus(effect.latency().multipliedBy(2)).plus(effect.slowClose());
    return cluster
        .probe(link, size(effect), within)
        .thenApply(probe ->
            silent ? silenced(link, state, probe) : disturbed(link, effect, size(effect), probe));
  }

  private static boolean silent(LinkState state) {
    return state.cut() != null || state.effect().hang() || state.effect().reset();
  }

  /** Half a second's worth of a slow link, so that the slowness shows. */
  private static int size(Fault.Effect effect) {
    long bytes = effect.bandwidthKBps() * 500;
    return (int) (bytes == 0 ? 64 : Math.max(1_000, Math.min(64_000, bytes)));
  }

  private Seen silenced(Link link, LinkState state, Probe probe) {
    if (probe.passed()) {
      boolean counted = probe.means().equals("counters");
      return new Seen(
          link,
          Sign.AGAINST,
          counted ? "bytes came out" : "passed in " + millis(probe.nanos()),
          counted);
    }
    // What nobody sends cannot be seen to be cut, unless the connection itself is refused.
    boolean idle =
        probe.means().equals("counters")
            && state.cut() != Fault.Mode.REFUSE
            && probe.detail().get("bytesIn") instanceof Number in
            && in.longValue() == 0;
    Probe before = baseline.of(link);
    if (before != null && !before.passed()) {
      return new Seen(link, Sign.NOTHING, "nothing passed before the fault either");
    }
    String passed =
        before == null
            ? ""
            : before.nanos() == 0 ? "; before, it did" : "; before, in " + millis(before.nanos());
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
        ? " (" + in + " bytes in, none out)"
        : "";
  }

  private static Seen disturbed(Link link, Fault.Effect effect, int bytes, Probe probe) {
    if (probe.means().equals("counters")) {
      return new Seen(link, Sign.NOTHING, "no probe can measure it");
    }
    if (!probe.passed()) {
      return new Seen(link, Sign.AGAINST, "nothing passed" + how(probe));
    }
    long least = effect.latency().minus(effect.jitter()).toNanos();
    if (effect.bandwidthKBps() > 0) {
      // The proxy lets the first piece of 100 ms pass at once.
      least += Math.max(0, bytes * 1_000_000L / effect.bandwidthKBps() - 200_000_000L);
    }
    long most = 2 * (least + effect.jitter().toNanos() * 2) + PASS_WITHIN.toNanos();
    boolean timed = probe.nanos() >= least * 9 / 10 && probe.nanos() <= most;
    String text = "passed in " + millis(probe.nanos());
    if (!effect.slowClose().isZero()) {
      Object close = probe.detail().get("closeNanos");
      long closed = close instanceof Number n ? n.longValue() : -1;
      timed &= closed >= effect.slowClose().toNanos() * 9 / 10;
      text += closed < 0 ? ", no close seen" : ", closed after " + millis(closed);
    }
    return new Seen(link, timed ? Sign.PROOF : Sign.AGAINST, text);
  }

  private CompletableFuture<Seen> control(Link link) {
    return async
        .until(
            () -> cluster.probe(link, 64, PASS_WITHIN),
            probe -> probe.passed() || !usable.test(link) || probe.means().equals("counters"),
            EVERY,
            PASS_WITHIN.multipliedBy(2))
        .thenApply(probe ->
            new Seen(
                link,
                probe.passed() || !usable.test(link) || probe.means().equals("counters")
                    ? Sign.NOTHING
                    : Sign.AGAINST,
                probe.passed() ? "passes, as it should" : "passes not, though not disturbed"));
  }

  private CompletableFuture<Seen> gone(Link link) {
    if (!usable.test(link) || !table.state(link).equals(LinkState.CLEAR)) {
      return CompletableFuture.completedFuture(new Seen(link, Sign.NOTHING, "cannot be probed"));
    }
    Fault.Effect effect = state(link).effect();
    long most = Math.max(200_000_000L, effect.latency().minus(effect.jitter()).toNanos() * 8 / 10);
    return cluster
        .probe(link, 64, PASS_WITHIN)
        .thenApply(probe -> {
          if (probe.means().equals("counters")) {
            return new Seen(
                link,
                probe.passed() ? Sign.PROOF : Sign.AGAINST,
                probe.passed() ? "bytes pass again" : "no bytes pass yet");
          }
          boolean good = probe.passed() && probe.nanos() <= most;
          return new Seen(
              link,
              good ? Sign.PROOF : Sign.AGAINST,
              probe.passed() ? "passes in " + millis(probe.nanos()) : "nothing passes");
        });
  }

  private Proof verdict(List<Seen> seen) {
    boolean shown = seen.stream().anyMatch(s -> s.sign == Sign.PROOF);
    boolean against = seen.stream().anyMatch(s -> s.sign == Sign.AGAINST);
    return new Proof(shown && !against, facts(seen));
  }

  /** Where a link cannot be probed any more, the proxy's own word that it is clear must do. */
  private Proof ended(List<Seen> seen) {
    boolean counted =
        seen.stream().anyMatch(s -> s.sign == Sign.AGAINST && !s.text.equals("no bytes pass yet"));
    return new Proof(!counted, facts(seen));
  }

  private static Map<String, @Nullable Object> facts(List<Seen> seen) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    seen.forEach(s -> facts.put(s.link.toString(), s.text));
    return facts;
  }

  private boolean near(Link link) {
    return states.keySet().stream().anyMatch(l -> isEnd(l, link.from()) || isEnd(l, link.to()));
  }

  private static boolean isEnd(Link link, String name) {
    return link.from().equals(name) || link.to().equals(name);
  }

  static String millis(long nanos) {
    return String.format(java.util.Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
