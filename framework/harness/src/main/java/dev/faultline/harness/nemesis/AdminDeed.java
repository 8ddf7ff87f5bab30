package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.spec.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something that the system itself offers; the proof is what the system then says of itself. */
final class AdminDeed implements Deed {
  private final Fault.Admin fault;
  private final String node;
  private final String target;
  private final Cluster cluster;
  private Proof proof = Proof.missing("not carried out");

  AdminDeed(Fault.Admin fault, String node, String target, Cluster cluster) {
    this.fault = fault;
    this.node = node;
    this.target = target;
    this.cluster = cluster;
  }

  @Override
  public Map<String, @Nullable Object> resolved() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("target", fault.action() + " " + target);
    facts.put("node", node);
    return facts;
  }

  /** It may be down for the while. */
  @Override
  public Set<String> exclusive() {
    return Set.of(node);
  }

  @Override
  public CompletableFuture<Void> apply() {
    return cluster
        .administer(fault.action(), node, true)
        .thenApply(AdminDeed::seen)
        .thenAccept(seen -> proof = seen);
  }

  @Override
  public CompletableFuture<Proof> prove() {
    return CompletableFuture.completedFuture(proof);
  }

  @Override
  public CompletableFuture<Proof> undo() {
    return cluster.administer(fault.action(), node, false).thenApply(AdminDeed::seen);
  }

  private static Proof seen(Map<String, @Nullable Object> facts) {
    return facts.isEmpty() ? Proof.missing("the system says nothing of it") : Proof.of(facts);
  }
}
