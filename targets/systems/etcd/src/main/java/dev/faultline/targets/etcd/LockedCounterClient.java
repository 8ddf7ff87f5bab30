package dev.faultline.targets.etcd;

import dev.faultline.harness.Client;
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
 * write carries no proof that the lock is still held, which is what the lock cannot give. Clients
 * run in hosts, so that a holder can be paused.
 */
final class LockedCounterClient implements Client.Blocking {
  private static final String COUNTER = "counter";
  private static final String LOCK = "lock";
  private static final String NO_LOCK = "no lock: ";
  private static final String NO_READ = "no read: ";

  /**
   * The counter is written by the last request of an increment, which these never came to; what
   * became of the lock is no part of an increment's effect.
   */
  @Override
  public Set<String> definite(String f) {
    return f.equals("increment") ? Set.of(NO_LOCK, NO_READ) : Set.of();
  }

  @Override
  public boolean hosted() {
    return true;
  }

  @Override
  public Session open(Context context) throws IOException, InterruptedException {
    Gateway gateway = new Gateway(context.server());
    try {
      gateway.greet();
    } catch (IOException | InterruptedException e) {
      gateway.close();
      throw e;
    }
    String work = context.options().get("work");
    return new Counter(
        gateway, work == null ? Duration.ofMillis(150) : Durations.parse(work), context.events());
  }

  private static final class Counter implements Session {
    private static final Duration LOCK_WITHIN = Duration.ofSeconds(30);
    private static final Duration UNLOCK_WITHIN = Duration.ofSeconds(2);

    private final Gateway gateway;
    private final Store store;
    private final Duration work;
    private final Events events;
    private @Nullable KeptLease lease;

    Counter(Gateway gateway, Duration work, Events events) {
      this.gateway = gateway;
      this.store = new Store(gateway);
      this.work = work;
      this.events = events;
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
        store.put(COUNTER, from + 1);
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
              "/v3/lock/lock",
              Map.of("name", Gateway.encode(LOCK), "lease", mine.id()),
              LOCK_WITHIN)
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
}
