package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import dev.faultline.harness.Setup;
import dev.faultline.json.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Increments a counter under the lock that Redis's documents describe for a single instance: {@code
 * SET lock TOKEN NX PX TTL}, and a script that deletes it if it still holds the token. The write
 * carries no proof that the lock is still held. Clients run in hosts, so that a holder can be
 * paused.
 */
final class LockedCounterClient implements Client.Blocking {
  private static final String UNLOCK =
      "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end";
  private static final Duration LOCK_WITHIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final Duration ttl;
  private final Duration work;

  LockedCounterClient(Setup setup) {
    ttl = Durations.parse(setup.option("lock-ttl"));
    work = Durations.parse(setup.option("work"));
  }

  @Override
  public boolean hosted() {
    return true;
  }

  @Override
  public Session open(Context context) {
    Connections connections = new Connections(context);
    return new Session() {
      @Override
      public Result invoke(Invocation op) throws Exception {
        return connections.attempt(server ->
            switch (op.f()) {
              case "increment" -> increment(connections, server, context);
              case "read" -> new Result.Ok(count(server));
              default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
            });
      }

      @Override
      public void close() {
        connections.close();
      }
    };
  }

  private Result increment(Connections connections, Jedis server, Context context)
      throws InterruptedException {
    String token = context.client() + "-" + System.nanoTime();
    long from;
    try {
      if (!locked(server, token, ttl)) {
        return new Result.Fail("no lock within " + LOCK_WITHIN.toSeconds() + " s");
      }
      from = count(server);
    } catch (JedisException e) {
      // The counter was certainly not written; what became of the lock its time will settle.
      return connections.failed("no lock: " + e.getMessage());
    }
    context.events().event("holding", Map.of("value", from));
    TimeUnit.NANOSECONDS.sleep(work.toNanos());
    String unusedDone = server.set("counter", String.valueOf(from + 1));
    Object unused = server.eval(UNLOCK, List.of("lock"), List.of(token));
    return new Result.Ok(Map.of("from", from, "to", from + 1));
  }

  private static boolean locked(Jedis server, String token, Duration ttl)
      throws InterruptedException {
    long end = System.nanoTime() + LOCK_WITHIN.toNanos();
    SetParams once = SetParams.setParams().nx().px(ttl.toMillis());
    while (server.set("lock", token, once) == null) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
    }
    return true;
  }

  private static long count(Jedis server) {
    String value = server.get("counter");
    return value == null ? 0 : Long.parseLong(value);
  }
}
