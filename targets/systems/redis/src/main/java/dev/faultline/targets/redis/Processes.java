package dev.faultline.targets.redis;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  private static final int SERVER_PORTS = 6380;
  private static final int SENTINEL_PORTS = 26380;

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
    int usual = setup.option("topology").equals("single") ? 1 : 3;
    int servers = setup.nodes() == 0 ? usual : setup.nodes();
    List<NodeSpec> nodes = new ArrayList<>();
    for (int i = 1; i <= servers; i++) {
      nodes.add(new NodeSpec("r" + i, "server", server(i, setup.option("min-replicas"))));
    }
    for (int i = 1; i <= (servers == 1 ? 0 : SENTINELS); i++) {
      nodes.add(new NodeSpec("s" + i, "sentinel", sentinel(i, servers - 1)));
    }
    return new Deployment(nodes, Duration.ofSeconds(60));
  }

  private static Image server(int i, String minReplicas) {
    int port = SERVER_PORTS + i;
    List<String> lines =
        new ArrayList<>(
            List.of(
                "port " + port,
                "protected-mode no",
                "dir /var/lib/redis",
                "appendonly yes",
                "appendfsync always",
                "repl-diskless-sync-delay 0",
                "repl-ping-replica-period 1",
                "replica-announce-ip r" + i,
                "replica-announce-port " + port,
                "min-replicas-to-write " + minReplicas,
                "min-replicas-max-lag 2"));
    if (i > 1) {
      lines.add("replicaof r1 " + (SERVER_PORTS + 1));
    }
    return image(
        SERVER,
        lines,
        port,
        i == 1 ? "Ready to accept connections" : "sync: Finished with success",
        List.of(
            new LogEvent("first master|MASTER MODE enabled", "master", List.of()),
            new LogEvent("REPLICAOF (?<of>\\w+):\\d+ enabled", "replica", List.of("of"))));
  }

  private static Image sentinel(int i, int replicas) {
    int port = SENTINEL_PORTS + i;
    return image(
        "REPLICAS=" + replicas + "\n" + SENTINEL,
        List.of(
            "port " + port,
            "protected-mode no",
            "dir /tmp",
            "sentinel resolve-hostnames yes",
            "sentinel announce-hostnames yes",
            "sentinel announce-ip s" + i,
            "sentinel announce-port " + port,
            "sentinel monitor " + MASTER + " r1 " + (SERVER_PORTS + 1) + " 2",
            "sentinel down-after-milliseconds " + MASTER + " 2000",
            "sentinel failover-timeout " + MASTER + " 6000",
            "sentinel parallel-syncs " + MASTER + " 2"),
        port,
        "knows all",
        List.of(
            new LogEvent(
                "\\+switch-master \\w+ (?<from>\\w+) \\d+ (?<to>\\w+) \\d+",
                "switched",
                List.of("from", "to"))));
  }

  private static Image image(
      String script, List<String> lines, int port, String ready, List<LogEvent> events) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(lines);
    return new Image("faultline/redis", command, Map.of(), port, List.of(port), ready, events)
        .preloaded();
  }
}
