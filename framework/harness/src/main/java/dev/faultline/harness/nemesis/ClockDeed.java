package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.ClockReading;
import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A wrong clock, steered or through the link to the time server, whose latency in one direction
 * moves the node's clock by half of it, or by the preloaded library. Proven by the clock as read
 * inside the node.
 */
final class ClockDeed implements Deed {
  /** The name of the time server among the ends of links. */
  static final String TIME = "time";

  private static final Duration EVERY = Duration.ofMillis(50);
  private static final Duration RAMP = Duration.ofMillis(100);
  private static final long TOLERANCE = 20_000_000;
  private static final Duration WITHIN = Duration.ofSeconds(3);

  private final Fault.Clock fault;
  private final String node;
  private final String target;
  private final Cluster cluster;
  private final ClockTable clocks;
  private final LinkTable links;
  private final Async async;
  private int turns;
  private boolean over;

  ClockDeed(
      Fault.Clock fault,
      String node,
      String target,
      Cluster cluster,
      ClockTable clocks,
      LinkTable links,
      Async async) {
    this.fault = fault;
    this.node = node;
    this.target = target;
    this.cluster = cluster;
    this.clocks = clocks;
    this.links = links;
    this.async = async;
  }

  @Override
  public Map<String, @Nullable Object> resolved() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("target", target);
    facts.put("node", node);
    facts.put(
        "means",
        switch (fault.means()) {
          case STEERED -> "steered";
          case TIME_PATH -> "time path";
          case SHIM -> "shim";
        });
    return facts;
  }

  @Override
  public Set<String> exclusive() {
    return Set.of();
  }

  @Override
  public CompletableFuture<Void> apply() {
    CompletableFuture<Void> applied = turn();
    Duration period = fault.strobe() != null ? fault.strobe() : timePath() ? RAMP : null;
    if (period != null && (fault.strobe() != null || fault.driftPpm() != 0)) {
      again(period);
    }
    return applied;
  }

  /** Every period a strobe changes sides, and a drift through the time path goes on. */
  private void again(Duration period) {
    CompletableFuture<Void> unused =
        async
            .pause(period)
            .thenAccept(done -> {
              if (!over) {
                turns++;
                CompletableFuture<Void> turned = turn();
                again(period);
              }
            });
  }

  private boolean timePath() {
    return fault.means() == Fault.Means.TIME_PATH;
  }

  private CompletableFuture<Void> turn() {
    boolean away = fault.strobe() == null || turns % 2 == 0;
    long offset = away ? fault.offset().toNanos() : 0;
    if (!timePath()) {
      return clocks.put(fault.id(), node, new ClockState(offset, fault.driftPpm(), fault.freeze()));
    }
    if (fault.strobe() == null) {
      offset += turns * RAMP.toNanos() / 1_000_000 * fault.driftPpm();
    }
    Link late = offset >= 0 ? new Link(node, TIME) : new Link(TIME, node);
    Fault.Effect effect = Fault.Effect.latency(Duration.ofNanos(2 * Math.abs(offset)));
    return links.put(fault.id(), Map.of(late, new LinkState(null, effect)));
  }

  @Override
  public CompletableFuture<Proof> prove() {
    Duration within = WITHIN.plus(timePath() ? fault.offset().abs().multipliedBy(3) : EVERY);
    if (fault.offset().isZero()) {
      return fault.freeze() ? stands() : drifted();
    }
    CompletableFuture<Proof> stepped =
        async
            .until(() -> cluster.readClock(node), this::isAway, EVERY, within)
            .thenApply(reading -> new Proof(isAway(reading), facts("clock", reading)));
    return fault.driftPpm() != 0 && !timePath()
        ? stepped.thenCompose(s -> drifted().thenApply(s::and))
        : stepped;
  }

  /** At least eight tenths of the offset, and not much more than was asked. */
  private boolean isAway(ClockReading reading) {
    long asked = fault.offset().toNanos();
    long seen = asked >= 0 ? reading.skewNanos() : -reading.skewNanos();
    long slack = TOLERANCE + reading.uncertaintyNanos();
    long drift = Math.abs(fault.driftPpm()) * 10_000; // of up to ten seconds
    return seen >= Math.abs(asked) * 8 / 10 - slack
        && seen <= Math.abs(asked) * 12 / 10 + slack + drift
        && reading.uncertaintyNanos() <= Math.max(TOLERANCE, Math.abs(asked) / 4);
  }

  /** Two readings tell the rate: of a steered node's monotonic clock, else of the wall clock. */
  private CompletableFuture<Proof> drifted() {
    return async
        .onLoop(cluster.readClock(node))
        .thenCompose(one ->
            async
                .pause(between())
                .thenCompose(waited -> cluster.readClock(node))
                .thenApply(two -> rate(one, two)));
  }

  /** Two readings of the same time, though time goes on; a clock that jumps in between is none. */
  private CompletableFuture<Proof> stands() {
    return async
        .onLoop(cluster.readClock(node))
        .thenCompose(one ->
            async
                .pause(between())
                .thenCompose(waited -> cluster.readClock(node))
                .thenApply(two -> stands(one, two)));
  }

  private static Proof stands(ClockReading one, ClockReading two) {
    long elapsed = two.at() - one.at();
    long gone = two.skewNanos() - one.skewNanos() + elapsed;
    long error = one.uncertaintyNanos() + two.uncertaintyNanos();
    Map<String, @Nullable Object> facts = facts("clock", two);
    facts.put(
        "stands",
        "went on by %.1f ms ± %.1f ms in %.1f ms"
            .formatted(gone / 1e6, error / 1e6, elapsed / 1e6));
    return new Proof(Math.abs(gone) <= error + elapsed / 10 && error < elapsed / 4, facts);
  }

  private Duration between() {
    Duration third = fault.lasting().dividedBy(3);
    Duration most = Duration.ofSeconds(2);
    return third.compareTo(most) < 0 ? third : most;
  }

  private Proof rate(ClockReading one, ClockReading two) {
    long elapsed = Math.max(1, two.at() - one.at());
    long gained =
        fault.means() == Fault.Means.STEERED
            ? two.monotonic() - one.monotonic() - elapsed
            : two.skewNanos() - one.skewNanos();
    double ppm = gained * 1e6 / elapsed;
    double error =
        (one.uncertaintyNanos() + two.uncertaintyNanos()) * 1e6 / elapsed
            + Math.abs(fault.driftPpm()) * (timePath() ? 0.5 : 0.2);
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("rate", Math.round(ppm) + "ppm ± " + Math.round(error) + "ppm");
    boolean right = Math.abs(ppm - fault.driftPpm()) <= error && Math.abs(ppm) > error / 4;
    return new Proof(right, facts);
  }

  @Override
  public CompletableFuture<Proof> undo() {
    over = true;
    CompletableFuture<Void> healed =
        timePath() ? links.remove(fault.id()) : clocks.remove(fault.id(), node);
    Duration within = WITHIN.plus(fault.offset().abs().multipliedBy(timePath() ? 3 : 1));
    return healed
        .thenCompose(
            done -> async.until(() -> cluster.readClock(node), this::isBack, EVERY, within))
        .thenApply(reading -> new Proof(isBack(reading), facts("clock", reading)));
  }

  /** What a wrong rate has gained stays in the monotonic clock only. */
  private boolean isBack(ClockReading reading) {
    return clocks.state(node).equals(ClockState.TRUE)
        ? Math.abs(reading.skewNanos()) <= TOLERANCE + 2 * reading.uncertaintyNanos()
        : true;
  }

  private static Map<String, @Nullable Object> facts(String name, ClockReading reading) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put(
        name,
        "%+.1f ms ± %.1f ms"
            .formatted(reading.skewNanos() / 1e6, reading.uncertaintyNanos() / 1e6));
    return facts;
  }
}
