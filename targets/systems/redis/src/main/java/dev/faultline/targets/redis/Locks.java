package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.UndoneException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Jedis;

/**
 * Holds {@link Lock}s, and believes that it does until the TTL has passed by its own monotonic
 * clock since it asked.
 */
final class Locks extends Operations {
  /** {@code SET NX} found the name (redis.io, commands, SET: it answers nil and sets nothing). */
  static final String ANOTHERS = "another has it";

  /**
   * The script found another token, or the name gone, and deleted nothing; or nothing was asked.
   */
  static final String NOT_HELD = "not held";

  private final Context context;
  private final Duration ttl;
  private final Map<String, Held> held = new HashMap<>();

  private record Held(Lock lock, long until) {}

  Locks(Context context) {
    super(context);
    this.context = context;
    this.ttl = Lock.ttl(context);
  }

  @Override
  Result carryOut(Invocation op) throws UndoneException {
    String name = String.valueOf(op.key());
    return switch (op.f()) {
      case "acquire" -> acquire(name);
      case "held?" -> {
        Held mine = held.get(name);
        yield new Result.Ok(Map.of("held", mine != null && mine.until > System.nanoTime()));
      }
      case "release" -> {
        Held mine = held.remove(name);
        yield mine != null && mine.lock.released(current())
            ? new Result.Ok(null)
            : new Result.Fail(NOT_HELD);
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  private Result acquire(String name) throws UndoneException {
    Jedis server = current();
    Lock lock = Lock.of(name, context.client());
    long until = System.nanoTime() + ttl.toNanos();
    if (!lock.taken(server, ttl)) {
      return new Result.Fail(ANOTHERS);
    }
    held.put(name, new Held(lock, until));
    context.events().event(Lock.HOLDING, Map.of("lock", name));
    return new Result.Ok(null);
  }
}
