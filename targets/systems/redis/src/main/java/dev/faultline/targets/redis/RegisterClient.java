package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.util.List;
import redis.clients.jedis.Jedis;

/** Registers as keys; compare-and-set is a script, which Redis carries out in one step. */
final class RegisterClient implements Client.Blocking {
  private static final String COMPARE_AND_SET =
      """
      if (redis.call('GET', KEYS[1]) or 'null') ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2])
      return 1\
      """;

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
        return connections.attempt(server -> carryOut(connections, server, op));
      }

      @Override
      public void close() {
        connections.close();
      }
    };
  }

  private static Result carryOut(Connections connections, Jedis server, Invocation op) {
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "read" -> {
        String value = server.get(key);
        yield new Result.Ok(value == null ? null : Long.valueOf(value));
      }
      case "write" -> {
        String unused = server.set(key, String.valueOf(op.value()));
        yield connections.written(server, null);
      }
      case "cas" -> {
        if (!(op.value() instanceof List<?> pair) || pair.size() != 2) {
          throw new IllegalArgumentException("cas wants [expected, new], not " + op.value());
        }
        List<String> values = pair.stream().map(String::valueOf).toList();
        yield Long.valueOf(1).equals(server.eval(COMPARE_AND_SET, List.of(key), values))
            ? connections.written(server, null)
            : new Result.Fail("mismatch");
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }
}
