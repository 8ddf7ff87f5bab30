package dev.faultline.harness.nemesis;

import static dev.faultline.harness.nemesis.LinkLook.CUT_WITHIN;
import static dev.faultline.harness.nemesis.LinkLook.PASS_WITHIN;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.nemesis.LinkLook.Seen;
import dev.faultline.harness.nemesis.LinkLook.Sign;
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
  private static final Duration GONE_WITHIN = Duration.ofSeconds(8);

  private final String fault;
  private final String target;
  private final Map<Link, LinkState> states;
  private final Cluster cluster;
  private final LinkTable table;
  private final Async async;
  private final Duration proveWithin;
  private final Predicate<Link> usable;
  private final LinkLook look;

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
    this.proveWithin = lasting;
    this.usable = usable;
    this.look = new LinkLook(cluster, async, baseline, usable);
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
    return look.begin(states).thenCompose(counted -> table.put(fault, states));
  }

  @Override
  public CompletableFuture<Proof> prove() {
    List<CompletableFuture<Seen>> attempts = new ArrayList<>();
    List<Link> probed = probed();
    for (Link link : probed) {
      LinkState state = state(link);
      // Not so late that the last look outlasts the fault.
      Duration late = proveWithin.minus(LinkLook.silent(state) ? CUT_WITHIN : Duration.ZERO);
      Duration within = late.isNegative() ? Duration.ZERO : late;
      attempts.add(
          async.until(() -> look.at(link, state, table.state(link)), Seen::settled, EVERY, within));
    }
    table.clear().stream()
        .filter(l -> !probed.contains(l) && usable.test(l) && near(l))
        .limit(CONTROLS)
        .forEach(l -> attempts.add(control(l)));
    return Async.all(attempts).thenApply(LinkDeed::verdict);
  }

  @Override
  public CompletableFuture<Proof> undo() {
    return table
        .remove(fault)
        .thenCompose(done -> {
          long back = async.now();
          List<CompletableFuture<Seen>> attempts = new ArrayList<>();
          for (Link link : probed()) {
            if (table.state(link).equals(LinkState.CLEAR) && usable.test(link)) {
              attempts.add(look.quiet(link, state(link)).thenCompose(this::over));
            }
          }
          return Async.all(attempts)
              .thenApply(LinkDeed::ended)
              .thenApply(end -> end.and(Proof.of(Map.of(Proof.BACK, async.now() - back))));
        });
  }

  private CompletableFuture<Seen> over(Seen quiet) {
    if (quiet.sign() == Sign.AGAINST) {
      return CompletableFuture.completedFuture(quiet);
    }
    return async
        .until(() -> gone(quiet.link()), s -> s.sign() != Sign.AGAINST, EVERY, GONE_WITHIN)
        .thenApply(quiet::and);
  }

  private List<Link> probed() {
    return states.keySet().stream().limit(PROBED).toList();
  }

  private LinkState state(Link link) {
    return states.getOrDefault(link, LinkState.CLEAR);
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
    return usable.test(link) && table.state(link).equals(LinkState.CLEAR)
        ? look.gone(link, state(link))
        : CompletableFuture.completedFuture(new Seen(link, Sign.NOTHING, "cannot be probed"));
  }

  private static Proof verdict(List<Seen> seen) {
    boolean shown = seen.stream().anyMatch(s -> s.sign() == Sign.PROOF);
    boolean against = seen.stream().anyMatch(s -> s.sign() == Sign.AGAINST);
    return new Proof(shown && !against, facts(seen));
  }

  /** Where a link cannot be probed any more, the proxy's own word that it is clear must do. */
  private static Proof ended(List<Seen> seen) {
    boolean counted =
        seen.stream()
            .anyMatch(s -> s.sign() == Sign.AGAINST && !s.text().equals("no bytes pass yet"));
    return new Proof(!counted, facts(seen));
  }

  private static Map<String, @Nullable Object> facts(List<Seen> seen) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    seen.forEach(s -> facts.put(s.link().toString(), s.text()));
    return facts;
  }

  private boolean near(Link link) {
    return states.keySet().stream().anyMatch(l -> isEnd(l, link.from()) || isEnd(l, link.to()));
  }

  private static boolean isEnd(Link link, String name) {
    return link.from().equals(name) || link.to().equals(name);
  }
}
