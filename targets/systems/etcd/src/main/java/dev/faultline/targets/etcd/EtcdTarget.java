package dev.faultline.targets.etcd;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Three etcd servers. Linearizable reads and writes are claimed; serializable reads may be stale
 * and claim nothing, and neither does a lock without a fence.
 */
public final class EtcdTarget implements Target {
  private static final String DATA = "/var/lib/etcd";

  private static final int CLIENT_PORT = 2379;
  private static final int FIRST_PEER_PORT = 2381;
  private static final int NODES = 3;
  private static final String[] FAULTS = {"partition", "link", "pause", "kill"};

  @Override
  public String id() {
    return "etcd";
  }

  @Override
  public String kind() {
    return "system";
  }

  @Override
  public String summary() {
    return "etcd 3.4, a replicated key-value store with leases and locks";
  }

  @Override
  public List<String> patterns() {
    return List.of("Consensus", "Lease", "Replicated Log");
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "reads",
            "linearizable",
            List.of("linearizable", "serializable"),
            "serializable reads are answered by one server alone, and may be stale"),
        // A change blocks its client on a server that is cut off, and reads are what shows there.
        new Option("ttl", "2", List.of(), "of a lease, seconds; with this election no less than 2"),
        new Option("writes", "25", List.of(), "share of operations that change a value, percent"));
  }

  @Override
  public List<Claim> claims() {
    return List.of(
        new Claim(
            "linearizable",
            List.of(FAULTS),
            Long.MAX_VALUE,
            Map.of("reads", List.of("linearizable")),
            "etcd.io, docs v3.4, learning/api_guarantees: all operations but serializable reads and"
                + " watches"),
        Claim.of("node.no-crash", "a server does not end by itself", FAULTS));
  }

  @Override
  public List<String> environments() {
    return List.of("containers");
  }

  @Override
  public List<String> interfaces() {
    return List.of("register", "cas-register", "locked-counter", "lease");
  }

  @Override
  public Deployment deployment(Setup setup) {
    int count = setup.nodes() == 0 ? NODES : setup.nodes();
    StringJoiner cluster = new StringJoiner(",");
    for (int i = 1; i <= count; i++) {
      cluster.add("e" + i + "=" + peerUrl(i));
    }
    List<NodeSpec> nodes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      nodes.add(new NodeSpec("e" + i, "server", image(i, cluster.toString())));
    }
    Map<String, String> peerUrls = new LinkedHashMap<>();
    for (int i = 1; i <= count; i++) {
      peerUrls.put("e" + i, peerUrl(i));
    }
    return new Deployment(nodes, Duration.ofSeconds(60), new EtcdAdministration(DATA, peerUrls));
  }

  /** The same text on every server, which etcd hashes into the cluster's id. */
  private static String peerUrl(int i) {
    return "http://e" + i + ":" + peerPort(i);
  }

  private static int peerPort(int i) {
    return FIRST_PEER_PORT + i - 1;
  }

  /** Who was taken out and joins again has lost what it had; see {@link EtcdAdministration}. */
  private static String start(String name) {
    return """
    s=new; if [ -e %1$s/%2$s ]; then rm -rf %1$s/%3$s %1$s/%2$s; s=existing; fi
    exec "$0" "$@" --initial-cluster-state=$s
    """
        .formatted(DATA, EtcdAdministration.REJOIN, name);
  }

  private static Image image(int i, String cluster) {
    String name = "e" + i;
    List<String> command =
        List.of(
            "sh",
            "-c",
            start(name),
            "etcd",
            "--name=" + name,
            "--data-dir=" + DATA + "/" + name,
            "--listen-peer-urls=http://0.0.0.0:" + peerPort(i),
            "--initial-advertise-peer-urls=" + peerUrl(i),
            "--listen-client-urls=http://0.0.0.0:" + CLIENT_PORT,
            "--advertise-client-urls=http://" + name + ":" + CLIENT_PORT,
            "--initial-cluster=" + cluster,
            "--initial-cluster-token=faultline",
            "--heartbeat-interval=100",
            "--election-timeout=1000");
    return new Image(
            "faultline/etcd",
            command,
            // Other architectures than amd64 start only when they are named; here so that they can.
            Map.of("ETCD_UNSUPPORTED_ARCH", "arm64"),
            CLIENT_PORT,
            List.of(peerPort(i)),
            "ready to serve client requests",
            List.of(new LogEvent("became leader at term (?<term>\\d+)", "leader", List.of("term"))))
        .storing(DATA);
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return switch (clientInterface) {
      case "register", "cas-register" -> new RegisterClient();
      case "locked-counter" -> new LockedCounterClient();
      case "lease" -> new LeaseClient();
      default ->
          throw new IllegalArgumentException(
              "etcd has no client interface '" + clientInterface + "'; it has " + interfaces());
    };
  }

  /** An election begins after one to two seconds without a leader's word. */
  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofSeconds(1), Duration.ofSeconds(15));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return clientInterface.equals("locked-counter")
        ? Map.of("$leader", "leader", "$holder", "holding")
        : Map.of("$leader", "leader");
  }
}
