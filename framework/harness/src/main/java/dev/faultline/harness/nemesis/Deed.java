package dev.faultline.harness.nemesis;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One fault with everything resolved. Called on the loop, in the order apply, prove, undo; each
 * completes within a bound, on any thread.
 */
interface Deed {
  /** For the start's line: {@code target} says whom it hits, for people. */
  Map<String, @Nullable Object> resolved();

  /** Nodes that no other deed may kill or freeze meanwhile, and that must run when it starts. */
  Set<String> exclusive();

  CompletableFuture<Void> apply();

  /** Sees that it took effect. */
  CompletableFuture<Proof> prove();

  /** Takes it back and sees that it is gone. */
  CompletableFuture<Proof> undo();
}
