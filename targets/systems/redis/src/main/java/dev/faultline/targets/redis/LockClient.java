package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds {@link Lock}s, and believes that it does until the TTL has passed by its own monotonic
 * clock since it asked. Clients run in hosts, so that a holder can be paused.
 */
final class LockClient implements Client.Blocking {
  private final Duration ttl;

  LockClient(Duration ttl) {
    this.ttl = ttl;
  }

  @Override
  public boolean hosted() {
    return true;
  }

  @Override
  public Session open(Context context) {
    return new Holder(context);
  }

  private record Held(Lock lock, long until) {}

  private final class Holder implements Session {
    private final Context context;
    private final Connections connections;
    private final Map<String, Held> held = new HashMap<>();

    Holder(Context context) {
      this.context = context;
      this.connections = new Connections(context);
    }

    @Override
    public Result invoke(Invocation op) throws Exception {
      String name = String.valueOf(op.key());
      return switch (op.f()) {
        case "acquire" -> acquire(name);
        case "held?" -> {
          Held mine = held.get(name);
          yield new Result.Ok(Map.of("held", mine != null && mine.until > System.nanoTime()));
        }
        case "release" -> {
          Held mine = held.remove(name);
          yield connections.attempt(server ->
              mine != null && mine.lock.released(server)
                  ? new Result.Ok(null)
                  : new Result.Fail("not held"));
        }
        default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
      };
    }

    private Result acquire(String name) throws Exception {
      Lock lock = Lock.of(name, context.client());
      return connections.attempt(server -> {
        long until = System.nanoTime() + ttl.toNanos();
        if (!lock.taken(server, ttl)) {
          return new Result.Fail("another has it");
        }
        held.put(name, new Held(lock, until));
        context.events().event("holding", Map.of("lock", name));
        return new Result.Ok(null);
      });
    }

    @Override
    public void close() {
      connections.close();
    }
  }
}
