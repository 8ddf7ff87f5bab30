package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.Damage;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Trouble;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Trouble with a disk, proven by counting what the disk did wrong. */
final class DiskDeed implements Deed {
  private static final Duration EVERY = Duration.ofMillis(50);
  private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(4);

  private final Fault.Disk fault;
  private final String node;
  private final String target;
  private final Cluster cluster;
  private final DiskTable disks;
  private final Async async;
  private final Predicate<String> usable;
  private Damage before = Damage.NONE;

  /**
   * @param usable whether a node runs, so that its disk is used
   */
  DiskDeed(
      Fault.Disk fault,
      String node,
      String target,
      Cluster cluster,
      DiskTable disks,
      Async async,
      Predicate<String> usable) {
    this.fault = fault;
    this.node = node;
    this.target = target;
    this.cluster = cluster;
    this.disks = disks;
    this.async = async;
    this.usable = usable;
  }

  @Override
  public Map<String, @Nullable Object> resolved() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("target", target);
    facts.put("node", node);
    return facts;
  }

  @Override
  public Set<String> exclusive() {
    return Set.of();
  }

  @Override
  public CompletableFuture<Void> apply() {
    before = cluster.damage(node);
    return disks.put(fault.id(), node, fault.trouble());
  }

  @Override
  public CompletableFuture<Proof> prove() {
    return async.until(
        () -> CompletableFuture.completedFuture(counted()), Proof::proven, EVERY, fault.lasting());
  }

  /** Every part of the fault must have shown. */
  private Proof counted() {
    Damage now = cluster.damage(node);
    Trouble trouble = fault.trouble();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    boolean all = true;
    if (trouble.stall()) {
      all &= count(facts, "syncs stalled", now.stalled() - before.stalled());
    }
    if (trouble.full()) {
      all &= count(facts, "syncs failed", now.failed() - before.failed());
    }
    if (trouble.corrupt()) {
      all &= count(facts, "bytes flipped", now.flipped() - before.flipped());
    }
    if (!trouble.slow().isZero()) {
      all &= count(facts, "syncs slowed", now.slowed() - before.slowed());
    }
    return new Proof(all, facts);
  }

  private static boolean count(Map<String, @Nullable Object> facts, String what, long number) {
    facts.put(what, number);
    return number > 0;
  }

  @Override
  public CompletableFuture<Proof> undo() {
    // Some clusters see the first sync that succeeds while they heal.
    Damage asked = cluster.damage(node);
    Damage whole = asked.since(before);
    return disks
        .remove(fault.id(), node)
        .thenCompose(healed -> {
          if (!disks.state(node).equals(Trouble.NONE)) {
            return CompletableFuture.completedFuture(Proof.of(facts("another fault goes on")));
          }
          long back = async.now();
          Damage from = cluster.damage(node);
          return async
              .until(
                  () -> CompletableFuture.completedFuture(after(asked, from)),
                  after -> after.recovered() > 0,
                  EVERY,
                  RECOVERED_WITHIN)
              .thenApply(after -> recovered(after, whole))
              .thenApply(end -> end.and(Proof.of(Map.of(Proof.BACK, async.now() - back))));
        });
  }

  /** Harm since the disk is said to be well, and what succeeded since it was asked to be. */
  private Damage after(Damage asked, Damage from) {
    Damage now = cluster.damage(node);
    Damage since = now.since(from);
    return new Damage(
        since.stalled(),
        since.failed(),
        since.flipped(),
        since.slowed(),
        now.recovered() - asked.recovered());
  }

  /** Without a sync there is nothing to see; one that was held up must have ended, though. */
  private Proof recovered(Damage after, Damage whole) {
    boolean up = usable.test(node);
    boolean heldUp = after.recovered() == 0 && up && whole.stalled() > 0;
    boolean ended = !heldUp && (after.recovered() > 0 || !after.harmful());
    String seen =
        after.recovered() > 0
            ? after.recovered() + " syncs succeeded"
            : heldUp || after.harmful() ? "still troubled" : up ? "no sync since" : "node is down";
    return new Proof(ended, facts(seen));
  }

  private Map<String, @Nullable Object> facts(String disk) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>(counted().facts());
    facts.put("disk", disk);
    return facts;
  }
}
