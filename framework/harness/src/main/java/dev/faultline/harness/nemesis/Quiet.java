package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.Tally;
import dev.faultline.harness.nemesis.LinkLook.Seen;
import dev.faultline.harness.nemesis.LinkLook.Sign;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Sees that single messages meet nothing any more, after a fault that met them by chance: how often
 * it did while it lasted tells among how many more of them none must be met. Where there are not as
 * many, that it ended is the injector's word, and the receipt says so.
 */
final class Quiet {
  /** So many are expected in a look: none comes by chance once in 150 times. */
  private static final int EXPECTED = 5;

  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration WITHIN = Duration.ofSeconds(3);

  /** What is on its way was met before. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private final Cluster cluster;
  private final Async async;
  private final Map<Link, Tally> before = new LinkedHashMap<>();

  /** What there was of a fault until it was taken back. */
  private final Map<Link, Tally> whole = new LinkedHashMap<>();

  Quiet(Cluster cluster, Async async) {
    this.cluster = cluster;
    this.async = async;
  }

  /** The fault is about to begin. */
  CompletableFuture<Void> begin(Link link) {
    return here(cluster.tally(link)).thenAccept(tally -> before.put(link, tally));
  }

  /** What messages met since. */
  CompletableFuture<Tally> since(Link link) {
    return here(cluster.tally(link))
        .thenApply(now -> now.since(before.getOrDefault(link, Tally.NONE)));
  }

  /** The fault was taken back: sees whether anything is met still, twice before that is said. */
  CompletableFuture<Seen> after(Link link, Effect effect) {
    Duration grace = GRACE.plus(effect.reorder()).plus(effect.latency()).plus(effect.jitter());
    return since(link)
        .thenCompose(all -> {
          whole.put(link, all);
          return async.pause(grace);
        })
        .thenCompose(waited -> look(link, effect, EXPECTED))
        .thenCompose(first ->
            first.sign() != Sign.AGAINST
                ? CompletableFuture.completedFuture(first)
                : look(link, effect, 2 * EXPECTED)
                    .thenApply(again -> again.sign() == Sign.PROOF ? again : first));
  }

  private CompletableFuture<Seen> look(Link link, Effect effect, int expected) {
    return since(link)
        .thenCompose(from ->
            async.until(
                () -> since(link).thenApply(now -> judge(link, effect, now.since(from), expected)),
                seen -> seen.sign() != Sign.NOTHING,
                EVERY,
                WITHIN));
  }

  private Seen judge(Link link, Effect effect, Tally after, int least) {
    Tally during = whole.getOrDefault(link, Tally.NONE);
    long more = count(after, effect);
    double expected =
        (double) count(during, effect) * after.carried() / Math.max(1, during.carried());
    Sign sign = more > 0 ? Sign.AGAINST : expected >= least ? Sign.PROOF : Sign.NOTHING;
    String text = "%d more where it had been %.1f".formatted(more, expected);
    return new Seen(link, sign, sign == Sign.NOTHING ? "too few messages to tell: " + text : text);
  }

  /** Nothing can be concluded as long as chance spared the messages, or there were none. */
  static Seen counted(Link link, Effect effect, Tally tally) {
    List<String> counts = new ArrayList<>();
    boolean all = true;
    if (effect.lossPercent() > 0) {
      counts.add(tally.lost() + " lost");
      all &= tally.lost() > 0;
    }
    if (effect.duplicatePercent() > 0) {
      counts.add(tally.duplicated() + " arrived twice");
      all &= tally.duplicated() > 0;
    }
    if (!effect.reorder().isZero()) {
      counts.add(tally.overtaken() + " overtaken");
      all &= tally.overtaken() > 0;
    }
    if (effect.corruptPercent() > 0) {
      counts.add(tally.corrupted() + " changed");
      all &= tally.corrupted() > 0;
    }
    return new Seen(link, all ? Sign.PROOF : Sign.NOTHING, String.join(", ", counts));
  }

  private static long count(Tally tally, Effect effect) {
    return (effect.lossPercent() > 0 ? tally.lost() : 0)
        + (effect.duplicatePercent() > 0 ? tally.duplicated() : 0)
        + (effect.reorder().isZero() ? 0 : tally.overtaken())
        + (effect.corruptPercent() > 0 ? tally.corrupted() : 0);
  }

  /** On the loop, and at once where it is known already. */
  private <T> CompletableFuture<T> here(CompletableFuture<T> future) {
    return future.isDone() ? future : async.onLoop(future);
  }
}
