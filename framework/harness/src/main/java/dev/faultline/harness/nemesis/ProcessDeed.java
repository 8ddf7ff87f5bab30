package dev.faultline.harness.nemesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A kill, a stop or a pause of one node or of several at once: what carries it out brings the
 * proof. The proof of several has that of each under its name.
 */
final class ProcessDeed implements Deed {
  /** What is done to a process; completes with proof. */
  interface Act {
    CompletableFuture<Map<String, @Nullable Object>> on(String node);
  }

  private final List<String> nodes;
  private final String target;
  private final Act down;
  private final Act up;
  private final String lost;
  private final String gone;
  private Proof proof = Proof.missing("not carried out");

  /**
   * @param lost the fact of the first proofs that says how much was lost; empty if nothing is to be
   * @param gone the fact of the second proofs that says how much was taken away; likewise
   */
  ProcessDeed(List<String> nodes, String target, Act down, Act up, String lost, String gone) {
    this.nodes = List.copyOf(nodes);
    this.target = target;
    this.down = down;
    this.up = up;
    this.lost = lost;
    this.gone = gone;
  }

  @Override
  public Map<String, @Nullable Object> resolved() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("target", target);
    if (nodes.size() == 1) {
      facts.put("node", nodes.get(0));
    } else {
      facts.put("nodes", nodes);
    }
    return facts;
  }

  @Override
  public Set<String> exclusive() {
    return Set.copyOf(nodes);
  }

  @Override
  public CompletableFuture<Void> apply() {
    return all(down)
        .thenAccept((List<Map<String, @Nullable Object>> seen) -> proof = proof(seen, lost));
  }

  @Override
  public CompletableFuture<Proof> prove() {
    return CompletableFuture.completedFuture(proof);
  }

  @Override
  public CompletableFuture<Proof> undo() {
    return all(up)
        .thenApply((List<Map<String, @Nullable Object>> seen) -> {
          Proof again = proof(seen, gone);
          return new Proof(again.proven() && sum(seen, "files") == 0, again.facts());
        });
  }

  private CompletableFuture<List<Map<String, @Nullable Object>>> all(Act act) {
    CompletableFuture<List<Map<String, @Nullable Object>>> all =
        CompletableFuture.completedFuture(new ArrayList<>());
    // Each begins before any is waited for.
    for (CompletableFuture<Map<String, @Nullable Object>> one :
        nodes.stream().map(act::on).toList()) {
      all =
          all.thenCombine(
              one,
              (seen, proof) -> {
                seen.add(proof);
                return seen;
              });
    }
    return all;
  }

  /**
   * That it was asked for proves nothing: something must show it of each. Where something was to be
   * lost, some must have been.
   */
  private Proof proof(List<Map<String, @Nullable Object>> seen, String count) {
    if (seen.stream().anyMatch(Map::isEmpty)) {
      return Proof.missing("nothing shows it");
    }
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.size() == 1) {
        facts.putAll(seen.get(i));
      } else {
        facts.put(nodes.get(i), seen.get(i));
      }
    }
    boolean any = count.isEmpty() || sum(seen, count) > 0;
    return new Proof(any, facts);
  }

  private static long sum(List<Map<String, @Nullable Object>> seen, String name) {
    long sum = 0;
    for (Map<String, @Nullable Object> facts : seen) {
      sum += facts.get(name) instanceof Long number ? number : 0;
    }
    return sum;
  }
}
