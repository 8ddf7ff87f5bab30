package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.UndoneException;
import redis.clients.jedis.Jedis;

/** Queues as lists. */
final class Queues extends Operations {
  Queues(Context context) {
    super(context);
  }

  @Override
  Result carryOut(Invocation op) throws UndoneException {
    String key = String.valueOf(op.key());
    Jedis server = current();
    return switch (op.f()) {
      case "enqueue" -> {
        long unused = server.lpush(key, String.valueOf(op.value()));
        yield written(server, null);
      }
      case "dequeue" -> {
        String taken = server.rpop(key);
        yield written(server, taken == null ? null : Long.valueOf(taken));
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }
}
