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
import org.jspecify.annotations.Nullable;

/** Trouble with a disk, proven by counting what the disk did wrong. */
final class DiskDeed implements Deed {
  private static final Duration EVERY = Duration.ofMillis(50);

  private final Fault.Disk fault;
  private final String node;
  private final String target;
  private final Cluster cluster;
  private final DiskTable disks;
  private final Async async;
  private Damage before = Damage.NONE;

  DiskDeed(
      Fault.Disk fault, String node, String target, Cluster cluster, DiskTable disks, Async async) {
    this.fault = fault;
    this.node = node;
    this.target = target;
    this.cluster = cluster;
    this.disks = disks;
    this.async = async;
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
    return disks
        .remove(fault.id(), node)
        .thenApply(healed -> {
          Map<String, @Nullable Object> facts = new LinkedHashMap<>(counted().facts());
          facts.put("disk", disks.state(node).equals(Trouble.NONE) ? "healthy" : "still troubled");
          return Proof.of(facts);
        });
  }
}
