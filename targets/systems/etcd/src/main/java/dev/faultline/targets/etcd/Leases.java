package dev.faultline.targets.etcd;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lease as etcd's own locks have it: a key that lives as long as the session's lease does. The
 * token is the revision in which the key was made. As etcd's clients do, one that a server does not
 * answer goes on to the next: what is asked is harmless when it is done twice.
 */
final class Leases implements Session {
  private static final String KEY = Gateway.encode("leased");
  private static final Duration WITHIN = Duration.ofMillis(700);
  private static final String NOT_HELD = "not held";
  private static final String ANOTHERS = "another has it";

  /**
   * {@code another has it}: the key was there, and the transaction that would make it did nothing
   * (etcd.io, docs v3.4, learning/api, transaction). {@code not held}: the session had none to ask
   * for, or the server answers that nothing is left of it (learning/api, lease keep alives: a TTL
   * of zero is a lease that does not exist).
   */
  static final Map<String, Set<String>> REASONS =
      Map.of(
          "acquire", Set.of(ANOTHERS, Gateway.NOT_SENT),
          "renew", Set.of(NOT_HELD),
          "release", Set.of(NOT_HELD));

  private final List<Gateway> servers;
  private final long ttlSeconds;
  private int current;
  private @Nullable String lease;
  private long token;

  Leases(Context context) {
    List<InetSocketAddress> all = new ArrayList<>(context.endpoints().values());
    InetSocketAddress own = context.server();
    all.remove(own);
    all.addFirst(own);
    servers = all.stream().map(Gateway::new).toList();
    ttlSeconds = Long.parseLong(context.options().getOrDefault("ttl", "2"));
  }

  @Override
  public Result invoke(Invocation op) throws IOException, InterruptedException {
    return switch (op.f()) {
      case "acquire" -> acquire();
      case "renew" -> renew();
      case "release" -> release();
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  private Result acquire() throws IOException, InterruptedException {
    String id = ask("/v3/lease/grant", Map.of("TTL", ttlSeconds)).get("ID").string();
    Map<String, Object> absent =
        Map.of("key", KEY, "target", "VERSION", "result", "EQUAL", "version", "0");
    Map<String, Object> make =
        Map.of("requestPut", Map.of("key", KEY, "value", Gateway.encode(id), "lease", id));
    // Once: if the answer is lost, a second try would find the key made, by itself.
    JsonView answer =
        servers
            .get(current)
            .call(
                "/v3/kv/txn",
                Map.of("compare", List.of(absent), "success", List.of(make)),
                Duration.ofSeconds(ttlSeconds));
    JsonView succeeded = answer.find("succeeded");
    if (succeeded == null || !succeeded.bool()) {
      JsonView unused = ask("/v3/lease/revoke", Map.of("ID", id));
      return new Result.Fail(ANOTHERS);
    }
    lease = id;
    token = Long.parseLong(answer.get("header").get("revision").string());
    return held();
  }

  private Result renew() throws IOException, InterruptedException {
    if (lease == null) {
      return new Result.Fail(NOT_HELD);
    }
    JsonView left = ask("/v3/lease/keepalive", Map.of("ID", lease)).get("result").find("TTL");
    if (left == null || Long.parseLong(left.string()) <= 0) {
      lease = null;
      return new Result.Fail(NOT_HELD);
    }
    return held();
  }

  private Result release() throws IOException, InterruptedException {
    if (lease == null) {
      return new Result.Fail(NOT_HELD);
    }
    JsonView unused = ask("/v3/lease/revoke", Map.of("ID", lease));
    lease = null;
    return new Result.Ok(Map.of("token", token));
  }

  private Result held() {
    return new Result.Ok(Map.of("token", token, "ttl", ttlSeconds * 1_000_000_000L));
  }

  /** Asks one server after the other until one answers. */
  private JsonView ask(String path, Map<String, @Nullable Object> body)
      throws IOException, InterruptedException {
    IOException last = new IOException("no server");
    for (int i = 0; i < servers.size(); i++) {
      try {
        return servers.get(current).call(path, body, WITHIN);
      } catch (IOException e) {
        last = e;
        current = (current + 1) % servers.size();
      }
    }
    // A request before the last one may have been carried out.
    throw new IOException("no server answers: " + last.getMessage(), last);
  }

  @Override
  public void close() {
    servers.forEach(Gateway::close);
  }
}
