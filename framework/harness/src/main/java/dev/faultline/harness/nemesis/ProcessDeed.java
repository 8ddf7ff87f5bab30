package dev.faultline.harness.nemesis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A kill or a pause: what carries it out brings the proof at once. */
final class ProcessDeed implements Deed {
  private final String node;
  private final String target;
  private final Function<String, CompletableFuture<Map<String, @Nullable Object>>> down;
  private final Function<String, CompletableFuture<Map<String, @Nullable Object>>> up;
  private Proof proof = Proof.missing("not carried out");

  ProcessDeed(
      String node,
      String target,
      Function<String, CompletableFuture<Map<String, @Nullable Object>>> down,
      Function<String, CompletableFuture<Map<String, @Nullable Object>>> up) {
    this.node = node;
    this.target = target;
    this.down = down;
    this.up = up;
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
    return Set.of(node);
  }

  @Override
  public CompletableFuture<Void> apply() {
    return down.apply(node).thenApply(ProcessDeed::seen).thenAccept(seen -> proof = seen);
  }

  @Override
  public CompletableFuture<Proof> prove() {
    // Where unsynced writes were to be lost, some must have been.
    boolean nothing = Long.valueOf(0).equals(proof.facts().get("lost"));
    return CompletableFuture.completedFuture(nothing ? new Proof(false, proof.facts()) : proof);
  }

  @Override
  public CompletableFuture<Proof> undo() {
    return up.apply(node).thenApply(ProcessDeed::seen);
  }

  /** That it was asked for proves nothing: something must show it. */
  private static Proof seen(Map<String, @Nullable Object> facts) {
    return facts.isEmpty() ? Proof.missing("nothing shows it") : Proof.of(facts);
  }
}
