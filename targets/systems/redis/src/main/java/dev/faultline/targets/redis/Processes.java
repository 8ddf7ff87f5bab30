package dev.faultline.targets.redis;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Setup;
import dev.faultline.harness.servers.Servers;
import dev.faultline.harness.servers.Servers.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers {@code r1 …} and, under Sentinel, {@code s1 …}, each with its configuration. Every name
 * that one tells another is a host name, and every port is one node's alone, since others are
 * reached through the proxy. A server that is started again keeps the configuration that Sentinel
 * has written into its file.
 */
final class Processes {
  /** The name under which the sentinels know the servers. */
  static final String MASTER = "main";

  static final int SENTINELS = 3;

  /** Its arguments are the lines of the configuration, of a first start only. */
  private static final String SERVER =
      """
      conf=/etc/redis/node.conf
      [ -f $conf ] || { printf '%s\\n' "$@" >$conf; grep -q ^replicaof $conf || echo first master; }
      exec redis-server $conf\
      """;

  /**
   * Begins when all replicas are there, since a sentinel asks the master for them every 10 s; then
   * waits beside the sentinel until it knows everybody, and says so.
   */
  private static final String SENTINEL =
      """
      conf=/etc/redis/node.conf
      await() { until redis-cli "$@" 2>&1 | grep -q "$seen"; do sleep 0.2; done; }
      if [ ! -f $conf ]; then
        printf '%s\n' "$@" >$conf
        seen=connected_slaves:$REPLICAS await -h r1 -p 6381 info replication
        seen=slaves=$REPLICAS,sentinels=3 await -p ${1#port } info sentinel && echo knows all &
      fi
      exec redis-sentinel $conf\
      """;

  private Processes() {}

  static Deployment deployment(Setup setup) {
    Servers servers =
        Servers.of(setup, "r", setup.option("topology").equals("single") ? 1 : 3, "faultline/redis")
            .peers(6381)
            .ready(server ->
                server.number() == 1
                    ? "Ready to accept connections"
                    : "sync: Finished with success")
            .event("master", "first master|MASTER MODE enabled")
            .event("replica", "REPLICAOF (?<of>\\w+):\\d+ enabled")
            .preloaded();
    Server first = servers.all().get(0);
    List<NodeSpec> nodes =
        new ArrayList<>(
            servers.command(s -> server(s, first, setup.option("min-replicas"))).nodes());
    int replicas = nodes.size() - 1;
    if (replicas > 0) {
      nodes.addAll(
          Servers.of("s", SENTINELS, "faultline/redis")
              .role("sentinel")
              .peers(26381)
              .ready("knows all")
              .event("switched", "\\+switch-master \\w+ (?<from>\\w+) \\d+ (?<to>\\w+) \\d+")
              .preloaded()
              .command(s -> sentinel(s, first, replicas))
              .nodes());
    }
    return new Deployment(nodes, Duration.ofSeconds(60));
  }

  private static List<String> server(Server server, Server first, String minReplicas) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "port " + server.port(),
                "protected-mode no",
                "dir /var/lib/redis",
                "appendonly yes",
                "appendfsync always",
                "repl-diskless-sync-delay 0",
                "repl-ping-replica-period 1",
                "replica-announce-ip " + server.name(),
                "replica-announce-port " + server.port(),
                "min-replicas-to-write " + minReplicas,
                "min-replicas-max-lag 2"));
    if (!server.equals(first)) {
      lines.add("replicaof " + first.name() + " " + first.port());
    }
    return command(SERVER, lines);
  }

  private static List<String> sentinel(Server sentinel, Server first, int replicas) {
    return command(
        "REPLICAS=" + replicas + "\n" + SENTINEL,
        List.of(
            "port " + sentinel.port(),
            "protected-mode no",
            "dir /tmp",
            "sentinel resolve-hostnames yes",
            "sentinel announce-hostnames yes",
            "sentinel announce-ip " + sentinel.name(),
            "sentinel announce-port " + sentinel.port(),
            "sentinel monitor " + MASTER + " " + first.name() + " " + first.port() + " 2",
            "sentinel down-after-milliseconds " + MASTER + " 2000",
            "sentinel failover-timeout " + MASTER + " 6000",
            "sentinel parallel-syncs " + MASTER + " 2"));
  }

  private static List<String> command(String script, List<String> lines) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(lines);
    return command;
  }
}
