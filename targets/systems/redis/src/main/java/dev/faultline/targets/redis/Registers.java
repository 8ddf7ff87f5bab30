package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.UndoneException;
import dev.faultline.workloads.register.RegisterSession;
import java.util.List;
import redis.clients.jedis.Jedis;

/** Registers as keys; compare-and-set is a script, which Redis carries out in one step. */
final class Registers extends Operations {
  private static final String COMPARE_AND_SET =
      """
      if (redis.call('GET', KEYS[1]) or 'null') ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2])
      return 1\
      """;

  Registers(Context context) {
    super(context);
  }

  @Override
  Result carryOut(Invocation op) throws UndoneException {
    String key = String.valueOf(op.key());
    Jedis server = current();
    return switch (op.f()) {
      case "read" -> {
        String value = server.get(key);
        yield new Result.Ok(value == null ? null : Long.valueOf(value));
      }
      case "write" -> {
        String unused = server.set(key, String.valueOf(op.value()));
        yield written(server, null);
      }
      case "cas" -> {
        if (!(op.value() instanceof List<?> pair) || pair.size() != 2) {
          throw new IllegalArgumentException("cas wants [expected, new], not " + op.value());
        }
        List<String> values = pair.stream().map(String::valueOf).toList();
        yield Long.valueOf(1).equals(server.eval(COMPARE_AND_SET, List.of(key), values))
            ? written(server, null)
            : new Result.Fail(RegisterSession.MISMATCH);
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }
}
