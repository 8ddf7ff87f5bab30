package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.json.Durations;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * The lock that Redis's documents describe for one instance: {@code SET NAME TOKEN NX PX TTL}, and
 * a script that deletes it if it still holds the token. The server measures the TTL by its wall
 * clock.
 */
record Lock(String name, String token) {
  /** What clients report when they have taken one. */
  static final String HOLDING = "holding";

  private static final String RELEASE =
      "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

  /** How long locks live, by the target's option. */
  static Duration ttl(Context context) {
    return Durations.parse(context.options().getOrDefault("lock-ttl", "10s"));
  }

  /** One that nobody else has the token of. */
  static Lock of(String name, String client) {
    return new Lock(name, client + "-" + System.nanoTime());
  }

  /** Whether nobody had it. */
  boolean taken(Jedis server, Duration ttl) {
    return server.set(name, token, SetParams.setParams().nx().px(ttl.toMillis())) != null;
  }

  /** Whether it was still there, with this token. */
  boolean released(Jedis server) {
    return Long.valueOf(1).equals(server.eval(RELEASE, List.of(name), List.of(token)));
  }
}
