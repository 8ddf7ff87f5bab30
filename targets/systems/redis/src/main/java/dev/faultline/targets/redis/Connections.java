package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One client's connections, and whom it asks: the server that its own sentinel names, asked anew
 * before each operation, or with {@code follow=pinned} the server of its own node. The sentinel of
 * {@code r2} is {@code s2}, so that a client's node says on which side of a cut it is. A plain
 * Jedis sends each command once: what repeats commands is its pools, which are not used here.
 */
final class Connections implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;

  /** Longer than any deadline of the harness, which interrupts. */
  private static final int ANSWER_MILLIS = 30_000;

  /** Errors by which a server says that it did not carry the command out. */
  private static final List<String> REFUSALS =
      List.of("READONLY", "NOREPLICAS", "LOADING", "MASTERDOWN");

  private final Map<String, InetSocketAddress> endpoints;
  private final Map<String, Jedis> open = new LinkedHashMap<>();
  private final String server;
  private final @Nullable String sentinel;
  private final int waitFor;

  Connections(Client.Context context) {
    endpoints = context.endpoints();
    String number = context.node().substring(1);
    server = "r" + number;
    boolean follows =
        endpoints.containsKey("s1") && !"pinned".equals(context.options().get("follow"));
    sentinel = follows ? "s" + number : null;
    waitFor = Integer.parseInt(context.options().getOrDefault("wait", "0"));
  }

  /** An operation on the server to ask. */
  interface Act {
    Result on(Jedis server) throws Exception;
  }

  /**
   * Carries an operation out. It has failed where nothing was sent, or the server says that it did
   * nothing; every other error is unknown, and leaves as an exception.
   */
  Result attempt(Act act) throws Exception {
    Jedis to;
    try {
      to = current();
    } catch (JedisException e) {
      return failed("not sent: " + e.getMessage());
    }
    try {
      return act.on(to);
    } catch (JedisDataException e) {
      if (REFUSALS.stream().noneMatch(String.valueOf(e.getMessage())::startsWith)) {
        throw e;
      }
      return new Result.Fail(String.valueOf(e.getMessage()));
    }
  }

  /** A failure after which connections are made anew, since only unknown outcomes end a session. */
  Result failed(String reason) {
    close();
    return new Result.Fail(reason);
  }

  /** The result of a write, once as many replicas have it as the option {@code wait} demands. */
  Result written(Jedis server, @Nullable Object value) {
    long have = waitFor == 0 ? 0 : server.waitReplicas(waitFor, CONNECT_MILLIS);
    return have < waitFor
        ? new Result.Info("%d of %d replicas have it".formatted(have, waitFor))
        : new Result.Ok(value);
  }

  /** The server to ask now. */
  Jedis current() {
    if (sentinel == null) {
      return to(server);
    }
    List<String> master = to(sentinel).sentinelGetMasterAddrByName(Processes.MASTER);
    if (master == null || !endpoints.containsKey(master.get(0))) {
      throw new JedisException(sentinel + " names the master " + master);
    }
    return to(master.get(0));
  }

  /**
   * The one primary of which every other server is a replica that has all its writes.
   *
   * @throws JedisException if there is none now, or a server does not answer
   */
  Jedis settled() {
    List<String> servers = endpoints.keySet().stream().filter(n -> n.startsWith("r")).toList();
    List<String> primaries =
        servers.stream().filter(n -> "master".equals(replication(n).get("role"))).toList();
    if (primaries.size() != 1) {
      throw new JedisException("not settled: primaries are " + primaries);
    }
    String primary = primaries.get(0);
    long written = offset(replication(primary), "master_repl_offset");
    for (String n : servers) {
      if (!n.equals(primary)) {
        Map<String, String> replica = replication(n);
        if (!primary.equals(replica.get("master_host"))
            || !"up".equals(replica.get("master_link_status"))
            || offset(replica, "slave_repl_offset") < written) {
          throw new JedisException("not settled: " + n + " is behind " + primary);
        }
      }
    }
    return to(primary);
  }

  private static long offset(Map<String, String> replication, String name) {
    return Long.parseLong(replication.getOrDefault(name, "-1"));
  }

  private Map<String, String> replication(String node) {
    Map<String, String> facts = new LinkedHashMap<>();
    to(node)
        .info("replication")
        .lines()
        .map(line -> line.split(":", 2))
        .filter(fact -> fact.length == 2)
        .forEach(fact -> facts.put(fact[0], fact[1]));
    return facts;
  }

  private Jedis to(String node) {
    return open.computeIfAbsent(
        node,
        n -> {
          InetSocketAddress address = endpoints.get(n);
          if (address == null) {
            throw new JedisException("no way to " + n + " among " + endpoints);
          }
          return new Jedis(
              new HostAndPort(address.getHostString(), address.getPort()),
              DefaultJedisClientConfig.builder()
                  .connectionTimeoutMillis(CONNECT_MILLIS)
                  .socketTimeoutMillis(ANSWER_MILLIS)
                  .build());
        });
  }

  @Override
  public void close() {
    open.values().forEach(Jedis::close);
    open.clear();
  }
}
