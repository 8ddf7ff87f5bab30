package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A set. A read is of the primary, and fails unless there is one, of which all others are replicas
 * in sync: what is absent from it is lost, and not only late (an old master keeps what the others
 * have lost until Sentinel makes it a replica).
 */
final class SetClient implements Client.Blocking {
  @Override
  public boolean hosted() {
    return false;
  }

  @Override
  public Session open(Context context) {
    Connections connections = new Connections(context);
    return new Session() {
      @Override
      public Result invoke(Invocation op) throws Exception {
        String key = op.key() == null ? "set" : String.valueOf(op.key());
        return switch (op.f()) {
          case "add" ->
              connections.attempt(server -> {
                long unused = server.sadd(key, String.valueOf(op.value()));
                return connections.written(server, null);
              });
          case "read" -> read(connections, key);
          default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
        };
      }

      @Override
      public void close() {
        connections.close();
      }
    };
  }

  private static Result read(Connections connections, String key) {
    try {
      Jedis primary = connections.settled();
      TreeSet<Long> elements = new TreeSet<>();
      primary.smembers(key).forEach(e -> elements.add(Long.valueOf(e)));
      return new Result.Ok(elements.stream().toList());
    } catch (JedisException e) {
      return connections.failed(String.valueOf(e.getMessage()));
    }
  }
}
