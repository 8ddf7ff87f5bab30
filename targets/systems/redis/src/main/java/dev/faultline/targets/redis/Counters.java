package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.UndoneException;
import redis.clients.jedis.Jedis;

/**
 * Counters as keys, and unique ids from one; reads are of the primary, as those of {@link Sets}.
 */
final class Counters extends Operations {
  Counters(Context context) {
    super(context);
  }

  @Override
  Result carryOut(Invocation op) throws UndoneException {
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "add" -> {
        Jedis server = current();
        long unused = server.incrBy(key, Long.parseLong(String.valueOf(op.value())));
        yield written(server, null);
      }
      case "read" -> {
        String count = settled().get(key);
        yield new Result.Ok(count == null ? 0L : Long.parseLong(count));
      }
      case "generate" -> {
        Jedis server = current();
        yield written(server, server.incr("ids"));
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }
}
