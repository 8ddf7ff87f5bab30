package dev.faultline.targets.redis;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import dev.faultline.harness.Client.UndoneException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
abstract class Operations implements Session {
  private static final int CONNECT_MILLIS = 1_000;

  /** Longer than any deadline of the harness, which interrupts. */
  private static final int ANSWER_MILLIS = 30_000;

  private static final String NOT_SENT = "not sent: ";
  static final String NOT_SETTLED = "not settled: ";

  /**
   * Errors by which a server says that it did not carry the command out: it looks for these
   * conditions before it does (Redis 7.0, {@code processCommand} in {@code server.c}; in redis.io's
   * documents: replication for {@code READONLY}, {@code NOREPLICAS}, {@code MASTERDOWN}, security
   * for {@code NOAUTH}, persistence for {@code MISCONF} and {@code LOADING}). A script is refused
   * at its first write, and none here has two.
   */
  private static final Set<String> REFUSALS =
      Set.of("READONLY ", "NOREPLICAS ", "LOADING ", "MASTERDOWN ", "NOAUTH ", "MISCONF ");

  private final Map<String, InetSocketAddress> endpoints;
  private final Map<String, Jedis> open = new LinkedHashMap<>();
  private final String server;
  private final @Nullable String sentinel;
  private final int waitFor;

  Operations(Context context) {
    endpoints = context.endpoints();
    int number = Integer.parseInt(context.node().substring(1));
    server = "r" + number;
    boolean follows =
        endpoints.containsKey("s1") && !"pinned".equals(context.options().get("follow"));
    sentinel = follows ? "s" + ((number - 1) % Processes.SENTINELS + 1) : null;
    waitFor = Integer.parseInt(context.options().getOrDefault("wait", "0"));
  }

  /** What every operation may fail for, and for these reasons of its own. */
  static Set<String> failures(String... own) {
    Set<String> all = new TreeSet<>(REFUSALS);
    all.add(NOT_SENT);
    all.addAll(List.of(own));
    return all;
  }

  /** Carries an operation out; what leaves as another exception is unknown. */
  abstract Result carryOut(Invocation op) throws Exception;

  @Override
  public final Result invoke(Invocation op) throws Exception {
    try {
      return carryOut(op);
    } catch (UndoneException e) {
      // The harness ends sessions whose outcome is unknown; a broken connection is ours to end.
      close();
      return new Result.Fail(String.valueOf(e.getMessage()));
    } catch (JedisDataException e) {
      if (REFUSALS.stream().noneMatch(String.valueOf(e.getMessage())::startsWith)) {
        throw e;
      }
      return new Result.Fail(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The result of a write, once as many replicas have it as the option {@code wait} demands. That a
   * server refuses to wait says nothing of the write that it has carried out.
   */
  final Result written(Jedis server, @Nullable Object value) {
    if (waitFor == 0) {
      return new Result.Ok(value);
    }
    try {
      long have = server.waitReplicas(waitFor, CONNECT_MILLIS);
      return have < waitFor
          ? new Result.Info("%d of %d replicas have it".formatted(have, waitFor))
          : new Result.Ok(value);
    } catch (JedisDataException e) {
      return new Result.Info("written, not waited for: " + e.getMessage());
    }
  }

  /** The server to ask now. */
  final Jedis current() throws UndoneException {
    try {
      if (sentinel == null) {
        return to(server);
      }
      List<String> master = to(sentinel).sentinelGetMasterAddrByName(Processes.MASTER);
      return to(master == null ? "no master" : master.get(0));
    } catch (JedisException e) {
      throw new UndoneException(NOT_SENT + e.getMessage());
    }
  }

  /** The one primary of which every other server is a replica that has all its writes. */
  final Jedis settled() throws UndoneException {
    try {
      List<String> servers = endpoints.keySet().stream().filter(n -> n.startsWith("r")).toList();
      List<String> primaries =
          servers.stream().filter(n -> "master".equals(replication(n).get("role"))).toList();
      if (primaries.size() != 1) {
        throw new UndoneException(NOT_SETTLED + "primaries are " + primaries);
      }
      String primary = primaries.get(0);
      long written = offset(replication(primary), "master_repl_offset");
      for (String n : servers) {
        Map<String, String> replica = n.equals(primary) ? Map.of() : replication(n);
        if (!n.equals(primary)
            && (!primary.equals(replica.get("master_host"))
                || !"up".equals(replica.get("master_link_status"))
                || offset(replica, "slave_repl_offset") < written)) {
          throw new UndoneException(NOT_SETTLED + n + " is behind " + primary);
        }
      }
      return to(primary);
    } catch (JedisException e) {
      throw new UndoneException(NOT_SETTLED + e.getMessage());
    }
  }

  private static long offset(Map<String, String> replication, String name) {
    return Long.parseLong(replication.getOrDefault(name, "-1"));
  }

  private Map<String, String> replication(String node) {
    Map<String, String> facts = new HashMap<>();
    for (String line : to(node).info("replication").lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        facts.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return facts;
  }

  private Jedis to(String node) {
    InetSocketAddress address = endpoints.get(node);
    if (address == null) {
      throw new JedisException("no way to '" + node + "' among " + endpoints.keySet());
    }
    return open.computeIfAbsent(
        node,
        n ->
            new Jedis(
                new HostAndPort(address.getHostString(), address.getPort()),
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(CONNECT_MILLIS)
                    .socketTimeoutMillis(ANSWER_MILLIS)
                    .build()));
  }

  @Override
  public final void close() {
    open.values().forEach(Jedis::close);
    open.clear();
  }
}
