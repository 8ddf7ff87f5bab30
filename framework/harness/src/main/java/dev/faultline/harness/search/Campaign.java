package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A search by several workers. Each takes the next index, so that who tries what does not matter,
 * and the sum is the same as for one.
 */
public final class Campaign {
  private final List<Explorer> explorers = new ArrayList<>();
  private final Tally tally;
  private final AtomicLong next = new AtomicLong();
  private final long shard;
  private final long shards;

  /**
   * @param shard which part of the indices, from 0
   * @param shards of how many parts
   */
  public Campaign(
      Trials trials,
      List<String> kinds,
      Strategy strategy,
      long seed,
      int workers,
      long shard,
      long shards) {
    this.shard = shard;
    this.shards = shards;
    this.tally = new Tally(trials.goals());
    Terrain terrain = Explorer.terrain(trials, kinds);
    for (int i = 0; i < workers; i++) {
      Trials own = Trials.of(trials.base());
      explorers.add(new Explorer(own, terrain, strategy, seed, tally));
    }
  }

  /**
   * Tries indices below the limit until it is reached or it is time to stop; on the caller's thread
   * when there is one worker.
   */
  public void run(long limit, BooleanSupplier enough) {
    AtomicReference<@Nullable RuntimeException> trouble = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (Explorer explorer : explorers.subList(1, explorers.size())) {
      threads.add(
          Thread.ofPlatform()
              .name("search-", threads.size())
              .start(() -> work(explorer, limit, enough, trouble)));
    }
    work(explorers.get(0), limit, enough, trouble);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      trouble.compareAndSet(null, new IllegalStateException("the search was interrupted", e));
      Thread.currentThread().interrupt();
    }
    RuntimeException first = trouble.get();
    if (first != null) {
      throw first;
    }
  }

  private void work(
      Explorer explorer,
      long limit,
      BooleanSupplier enough,
      AtomicReference<@Nullable RuntimeException> trouble) {
    try {
      while (trouble.get() == null && !enough.getAsBoolean()) {
        long index = next.getAndIncrement() * shards + shard;
        if (index >= limit) {
          return;
        }
        var unused = explorer.attempt(index);
      }
    } catch (RuntimeException e) {
      trouble.compareAndSet(null, e);
    }
  }

  /** Where it stands; cheap. */
  public Pulse pulse() {
    return tally.pulse();
  }

  /** What was done so far. */
  public Summary summary() {
    return tally.summary();
  }
}
