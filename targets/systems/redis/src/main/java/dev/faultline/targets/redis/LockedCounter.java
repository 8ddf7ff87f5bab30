package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.UndoneException;
import dev.faultline.json.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Increments a counter under a {@link Lock}. The write carries no proof that the lock is still
 * held.
 */
final class LockedCounter extends Operations {
  /** Shorter than an operation's deadline, so that who waits in vain says so. */
  private static final Duration LOCK_WITHIN = Duration.ofSeconds(5);

  /** The counter is written by a later command, which was not sent. */
  static final String NO_LOCK = "no lock";

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final Context context;
  private final Duration ttl;
  private final Duration work;

  LockedCounter(Context context) {
    super(context);
    this.context = context;
    this.ttl = Lock.ttl(context);
    this.work = Durations.parse(context.options().getOrDefault("work", "150ms"));
  }

  @Override
  Result carryOut(Invocation op) throws UndoneException, InterruptedException {
    Jedis server = current();
    return switch (op.f()) {
      case "increment" -> increment(server);
      case "read" -> new Result.Ok(count(server));
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  private Result increment(Jedis server) throws UndoneException, InterruptedException {
    Lock lock = Lock.of("lock", context.client());
    long from;
    try {
      long end = System.nanoTime() + LOCK_WITHIN.toNanos();
      while (!lock.taken(server, ttl)) {
        if (System.nanoTime() > end) {
          return new Result.Fail(NO_LOCK + " within " + LOCK_WITHIN.toSeconds() + " s");
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
      }
      from = count(server);
    } catch (JedisException e) {
      // The counter was certainly not written; what became of the lock its time will settle.
      throw new UndoneException(NO_LOCK + ": " + e.getMessage());
    }
    context.events().event(Lock.HOLDING, Map.of("value", from));
    TimeUnit.NANOSECONDS.sleep(work.toNanos());
    String unusedDone = server.set("counter", String.valueOf(from + 1));
    try {
      boolean unused = lock.released(server);
    } catch (JedisException itsTimeWillEndIt) {
      // The counter is written; what a refusal would say is of the lock.
      close();
    }
    return new Result.Ok(Map.of("from", from, "to", from + 1));
  }

  private static long count(Jedis server) {
    String value = server.get("counter");
    return value == null ? 0 : Long.parseLong(value);
  }
}
