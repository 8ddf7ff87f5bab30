package dev.faultline.harness.nodes;

import dev.faultline.harness.Cluster.Damage;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A kit node's disk as the harness steers it, over all incarnations of the process: what is wrong
 * with it, what it did wrong, and what a kill takes from it. For any thread.
 */
public final class DiskPort {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** How long a node that is to die waits for something unsynced. */
  private static final Duration STRIKE_WITHIN = Duration.ofSeconds(3);

  private @Nullable NodeConnection connection;
  private Trouble trouble = Trouble.NONE;
  private Damage before = Damage.NONE;
  private Damage now = Damage.NONE;
  private boolean toWipe;
  private Map<String, @Nullable Object> wiped = Map.of();

  DiskPort() {}

  /** A fresh incarnation listens; its counts begin at 0. */
  synchronized void attach(NodeConnection fresh) {
    connection = fresh;
    before = damage();
    now = Damage.NONE;
  }

  synchronized void damaged(Damage counted) {
    now = counted;
  }

  /** What the disk did wrong since the start of the run. */
  public synchronized Damage damage() {
    return new Damage(
        before.stalled() + now.stalled(),
        before.failed() + now.failed(),
        before.flipped() + now.flipped(),
        before.slowed() + now.slowed(),
        before.recovered() + now.recovered());
  }

  /** Sets what is wrong, absolutely; a node that is down starts with it. */
  public CompletableFuture<Void> set(Trouble next) {
    NodeConnection to;
    synchronized (this) {
      trouble = next;
      to = connection;
    }
    // Who is down, or frozen, hears of it when it is up again.
    return to == null
        ? CompletableFuture.completedFuture(null)
        : tell(to, next).handle((answer, error) -> null);
  }

  private static CompletableFuture<JsonView> tell(NodeConnection to, Trouble next) {
    return to.ask(
            "disk",
            "stall",
            next.stall(),
            "full",
            next.full(),
            "corrupt",
            next.corrupt(),
            "slow",
            next.slow().toNanos())
        .orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The next incarnation finds an empty disk. */
  public synchronized void wipe() {
    toWipe = true;
  }

  /**
   * What the last start took away, once: {@code wiped} files, and how many {@code files} it left.
   */
  public synchronized Map<String, @Nullable Object> takeWiped() {
    Map<String, @Nullable Object> taken = wiped;
    wiped = Map.of();
    return taken;
  }

  /** Before the node of a fresh incarnation starts. */
  void begin(NodeConnection with) throws IOException {
    Trouble first;
    boolean wipes;
    synchronized (this) {
      first = trouble;
      wipes = toWipe;
      toWipe = false;
    }
    if (wipes) {
      JsonView answer = await(with.ask("wipe"), ANSWER_WITHIN);
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      facts.put("wiped", answer.get("files").integer());
      facts.put("files", answer.get("left").integer());
      synchronized (this) {
        wiped = facts;
      }
    }
    if (!first.equals(Trouble.NONE)) {
      JsonView unused = await(tell(with, first), ANSWER_WITHIN);
    }
  }

  /**
   * Lets the process die while it has something unsynced, of which nothing or all but the last is
   * kept; blocks.
   *
   * @return how many writes did not survive whole
   */
  public long strike(boolean torn) throws IOException {
    NodeConnection to;
    synchronized (this) {
      to = connection;
    }
    if (to == null) {
      throw new IOException("it is not running");
    }
    return await(
            to.ask("strike", "torn", torn, "within", STRIKE_WITHIN.toMillis()),
            STRIKE_WITHIN.plus(ANSWER_WITHIN))
        .get("lost")
        .integer();
  }

  private static JsonView await(CompletableFuture<JsonView> answer, Duration within)
      throws IOException {
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("its disk does not answer: " + e, e);
    }
  }
}
