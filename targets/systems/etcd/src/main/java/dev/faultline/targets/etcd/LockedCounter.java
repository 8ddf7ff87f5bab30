package dev.faultline.targets.etcd;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Events;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import dev.faultline.json.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Increments a counter under etcd's own lock service: acquire, read, sleep, write, unlock. The
 * write carries no proof that the lock is still held, which is what the lock alone cannot give;
 * with the option {@code guard=lock} it is a transaction that demands the lock's key, which goes
 * with the holder's lease. Clients run in hosts, so that a holder can be paused.
 */
final class LockedCounter implements Session {
  private static final String COUNTER = "counter";
  private static final String LOCK = "lock";
  private static final String NO_LOCK = "no lock: ";
  private static final String NO_READ = "no read: ";
  private static final String LOST = "lost the lock";

  /**
   * {@code no lock}, {@code no read}: the counter is written by a later request, which was not
   * made; what became of the lock is no part of an increment's effect. {@code lost the lock}: the
   * transaction that writes it did not find the lock's key, and did nothing (etcd.io, docs v3.4,
   * learning/api, transaction).
   */
  static final Map<String, Set<String>> REASONS =
      Map.of("increment", Set.of(NO_LOCK, NO_READ, LOST));

  private static final Duration LOCK_WITHIN = Duration.ofSeconds(30);
  private static final Duration UNLOCK_WITHIN = Duration.ofSeconds(2);

  private final Gateway gateway;
  private final Store store;
  private final Duration work;
  private final boolean guarded;
  private final Events events;
  private @Nullable KeptLease lease;

  LockedCounter(Context context) throws IOException, InterruptedException {
    this.gateway = Gateway.of(context);
    this.store = new Store(gateway);
    this.work = Durations.parse(context.options().getOrDefault("work", "150ms"));
    this.guarded = "lock".equals(context.options().get("guard"));
    this.events = context.events();
  }

  @Override
  public Result invoke(Invocation op) throws InterruptedException {
    return switch (op.f()) {
      case "increment" -> increment();
      case "read" -> read();
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  private Result read() throws InterruptedException {
    try {
      Long value = store.get(COUNTER, false);
      return new Result.Ok(value == null ? 0L : value);
    } catch (IOException e) {
      return new Result.Info(e.toString());
    }
  }

  private Result increment() throws InterruptedException {
    String key = "";
    long from;
    try {
      key = lock();
      Long value = store.get(COUNTER, false);
      from = value == null ? 0 : value;
    } catch (IOException e) {
      // The counter was certainly not written; what became of the lock its lease will settle.
      giveUpLease();
      return new Result.Fail((key.isEmpty() ? NO_LOCK : NO_READ) + e.getMessage());
    }
    events.event("holding", Map.of("value", from));
    TimeUnit.NANOSECONDS.sleep(work.toNanos());
    try {
      if (!guarded) {
        store.put(COUNTER, from + 1);
      } else if (!store.putWhile(key, COUNTER, from + 1)) {
        giveUpLease();
        return new Result.Fail(LOST);
      }
    } catch (IOException e) {
      giveUpLease();
      return new Result.Info("write: " + e.getMessage());
    }
    unlock(key);
    return new Result.Ok(Map.of("from", from, "to", from + 1));
  }

  private String lock() throws IOException, InterruptedException {
    KeptLease mine = lease;
    if (mine == null) {
      mine = KeptLease.grant(gateway);
      lease = mine;
    }
    return gateway
        .call(
            "/v3/lock/lock", Map.of("name", Gateway.encode(LOCK), "lease", mine.id()), LOCK_WITHIN)
        .get("key")
        .string();
  }

  private void unlock(String key) throws InterruptedException {
    try {
      gateway.call("/v3/lock/unlock", Map.of("key", key), UNLOCK_WITHIN);
    } catch (IOException e) {
      giveUpLease();
    }
  }

  private void giveUpLease() {
    KeptLease mine = lease;
    if (mine != null) {
      lease = null;
      mine.close();
    }
  }

  @Override
  public void close() {
    giveUpLease();
    gateway.close();
  }
}
