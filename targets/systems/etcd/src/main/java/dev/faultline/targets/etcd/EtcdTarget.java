package dev.faultline.targets.etcd;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.servers.Servers;
import dev.faultline.harness.servers.Servers.Server;
import dev.faultline.harness.servers.SystemTarget;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Three etcd servers. Linearizable reads and writes are claimed; serializable reads may be stale
 * and claim nothing, and neither does a lock without a fence.
 */
public final class EtcdTarget extends SystemTarget {
  private static final String DATA = "/var/lib/etcd";
  private static final int CLIENT_PORT = 2379;

  public EtcdTarget() {
    super(
        "etcd",
        "etcd 3.4, a replicated key-value store with leases and locks",
        "Consensus",
        "Lease",
        "Replicated Log");
    selects("$leader", "leader");
    for (String register : List.of("register", "cas-register")) {
      offers(
          register, setup -> Client.Blocking.inHarness(Registers::new).failing(Registers.REASONS));
    }
    // In hosts, so that a holder can be paused.
    offers(
        "locked-counter",
        "$holder",
        "holding",
        setup -> Client.Blocking.inHosts(LockedCounter::new).failing(LockedCounter.REASONS));
    offers("lease", setup -> Client.Blocking.inHarness(Leases::new).failing(Leases.REASONS));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "reads",
            "linearizable",
            List.of("linearizable", "serializable"),
            "serializable reads are answered by one server alone, and may be stale"),
        new Option(
            "guard",
            "none",
            List.of("none", "lock"),
            "what the locked counter's writes demand: nothing, or that the lock's key is there"),
        // A change blocks its client on a server that is cut off, and reads are what shows there.
        new Option("ttl", "2", List.of(), "of a lease, seconds; with this election no less than 2"),
        new Option("writes", "25", List.of(), "share of operations that change a value, percent"));
  }

  @Override
  public List<Claim> claims() {
    return List.of(
        claim(
            "linearizable",
            "reads",
            "linearizable",
            "etcd.io, docs v3.4, learning/api_guarantees: all operations but serializable reads and"
                + " watches"),
        claim(
            "counter.no-lost-update",
            "guard",
            "lock",
            "etcd.io, docs v3.4, learning/api, transaction: comparison and write are one step"),
        noCrash());
  }

  @Override
  public Deployment deployment(Setup setup) {
    Servers servers =
        Servers.of(setup, "e", 3, "faultline/etcd")
            .clients(CLIENT_PORT)
            .peers(2381)
            .ready("ready to serve client requests")
            .event("leader", "became leader at term (?<term>\\d+)")
            // Other architectures than amd64 start only when they are named.
            .environment("ETCD_UNSUPPORTED_ARCH", "arm64")
            .storing(DATA);
    // The same text on every server, which etcd hashes into the cluster's id.
    String cluster = servers.joined(",", s -> s.name() + "=" + peerUrl(s));
    Map<String, String> peerUrls = new LinkedHashMap<>();
    servers.all().forEach(s -> peerUrls.put(s.name(), peerUrl(s)));
    return new Deployment(
        servers.command(s -> command(s, cluster)).nodes(),
        Duration.ofSeconds(60),
        new EtcdAdministration(DATA, peerUrls));
  }

  private static String peerUrl(Server server) {
    return "http://" + server.at();
  }

  private static List<String> command(Server server, String cluster) {
    String name = server.name();
    return List.of(
        "sh",
        "-c",
        start(name),
        "etcd",
        "--name=" + name,
        "--data-dir=" + DATA + "/" + name,
        "--listen-peer-urls=http://0.0.0.0:" + server.port(),
        "--initial-advertise-peer-urls=" + peerUrl(server),
        "--listen-client-urls=http://0.0.0.0:" + CLIENT_PORT,
        "--advertise-client-urls=http://" + name + ":" + CLIENT_PORT,
        "--initial-cluster=" + cluster,
        "--initial-cluster-token=faultline",
        "--heartbeat-interval=100",
        "--election-timeout=1000");
  }

  /** Who was taken out and joins again has lost what it had; see {@link EtcdAdministration}. */
  private static String start(String name) {
    return """
    s=new; if [ -e %1$s/%2$s ]; then rm -rf %1$s/%3$s %1$s/%2$s; s=existing; fi
    exec "$0" "$@" --initial-cluster-state=$s
    """
        .formatted(DATA, EtcdAdministration.REJOIN, name);
  }

  /** An election begins after one to two seconds without a leader's word. */
  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofSeconds(1), Duration.ofSeconds(15));
  }
}
