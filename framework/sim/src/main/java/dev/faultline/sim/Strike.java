package dev.faultline.sim;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Trace;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Unsynced;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A death soon after the node wrote something, while that is not synced: late enough that what it
 * told others too early may have arrived.
 */
final class Strike {
  /** How long it waits for something that can be lost; then it strikes anyway. */
  private static final Duration WITHIN = Duration.ofSeconds(3);

  /** How soon after a write, nanoseconds: about as long as a sync or a message takes. */
  private static final long SOON = 1_000_000;

  private final SimLoop loop;
  private final SimNode node;
  private final Unsynced unsynced;
  private final KeyedRandom draw;
  private final CompletableFuture<Long> dead = new CompletableFuture<>();

  Strike(SimLoop loop, SimNode node, Unsynced unsynced, KeyedRandom draw) {
    this.loop = loop;
    this.node = node;
    this.unsynced = unsynced;
    this.draw = draw;
  }

  /** Completes with how many writes did not survive whole. */
  CompletableFuture<Long> begin() {
    await();
    SimLoop.Event unused = loop.at(loop.now() + WITHIN.toNanos(), this::end);
    return dead;
  }

  private void await() {
    if (node.disk().isDirty()) {
      soon();
    } else {
      node.disk().onWrite(this::soon);
    }
  }

  private void soon() {
    SimLoop.Event unused = loop.at(loop.now() + draw.nextLong(SOON), this::strike);
  }

  private void strike() {
    if (!dead.isDone() && node.alive() && node.disk().isDirty()) {
      dead.complete(node.kill(Trace.Turn.KILLED, unsynced));
    } else if (!dead.isDone()) {
      await();
    }
  }

  private void end() {
    if (!dead.isDone() && node.alive()) {
      node.disk().onWrite(null);
      dead.complete(node.kill(Trace.Turn.KILLED, unsynced));
    } else if (!dead.isDone()) {
      dead.completeExceptionally(new EnvironmentException(node.id() + " died by itself"));
    }
  }
}
