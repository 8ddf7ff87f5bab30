package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.UndoneException;
import redis.clients.jedis.Jedis;

/**
 * Sets as keys. A read is of the primary, and fails unless there is one, of which all others are
 * replicas in sync: what is absent from it is lost, and not only late (an old master keeps what the
 * others have lost until Sentinel makes it a replica).
 */
final class Sets extends Operations {
  Sets(Context context) {
    super(context);
  }

  @Override
  Result carryOut(Invocation op) throws UndoneException {
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "add" -> {
        Jedis server = current();
        long unused = server.sadd(key, String.valueOf(op.value()));
        yield written(server, null);
      }
      case "read" ->
          new Result.Ok(settled().smembers(key).stream().map(Long::valueOf).sorted().toList());
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }
}
