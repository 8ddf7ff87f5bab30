package dev.faultline.targets.zookeeper;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import dev.faultline.workloads.register.RegisterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * ZooKeeper servers. A plain read may be stale and is claimed to be nothing more; a read after
 * {@code sync} is current as long as no leader is deposed that still believes to lead.
 */
public final class ZooKeeperTarget implements Target {
  private static final int CLIENT_PORT = 2181;
  private static final int NODES = 3;
  private static final String[] FAULTS = {"partition", "link", "pause", "kill"};

  private static final Duration TICK = Duration.ofMillis(500);
  private static final int SYNC_TICKS = 6;

  /** After so long a leader gives a follower up, a follower its leader, and both a session. */
  static final Duration SILENCE = TICK.multipliedBy(SYNC_TICKS);

  /**
   * {@code mismatch}: what was read is another number, or the server refused to write by its
   * version (zookeeper.apache.org, API r3.8.0, ZooKeeper.setData and create: with BadVersion and
   * NodeExists nothing is changed), which it tells of a request that this client sends once. {@code
   * no lock}, {@code no read}: the counter is written by a later request, which was not made.
   * {@code it does not lead}: nothing was asked for.
   */
  private static final Map<String, Set<String>> REASONS =
      Map.of(
          "cas", Set.of(RegisterSession.MISMATCH),
          "increment", Set.of(LockedCounter.NO_LOCK, LockedCounter.NO_READ),
          "resign", Set.of(Participant.NO_LEADER));

  private static final LogEvent LEADER =
      new LogEvent("Peer state changed: leading - broadcast", "leader", List.of());
  private static final LogEvent FOLLOWER =
      new LogEvent("Peer state changed: following - broadcast", "follower", List.of());

  @Override
  public String id() {
    return "zookeeper";
  }

  @Override
  public String kind() {
    return "system";
  }

  @Override
  public String summary() {
    return "ZooKeeper 3.8, a replicated tree with sessions, and Curator's recipes on it";
  }

  @Override
  public List<String> patterns() {
    return List.of("Consensus", "Leader Election", "Lease", "Replicated Log");
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "reads",
            "plain",
            List.of("plain", "sync"),
            "plain reads are answered by one server alone, and may be stale; sync asks the leader"
                + " first how far that server must be"),
        new Option(
            "curator",
            "5.7.0",
            List.of("5.7.0", "5.6.0"),
            "version of the client library that has the recipes"),
        // A change blocks its client on a server that is cut off, and reads are what shows there.
        new Option("readers", "1", List.of(), "clients of each node that only read"));
  }

  @Override
  public List<Claim> claims() {
    return List.of(
        new Claim(
            "linearizable",
            List.of("kill"),
            Long.MAX_VALUE,
            Map.of("reads", List.of("sync")),
            "zookeeper.apache.org, doc r3.8.0, zookeeperInternals, consistency guarantees: writes are"
                + " linearizable, reads are not, and sync is none of a quorum: at a leader that does"
                + " not know yet that it is deposed it helps nothing"),
        Claim.of(
            "leader.no-overlapping-belief",
            "curator.apache.org, recipes, leader latch: one that is suspended or lost reports that"
                + " it leads no longer",
            "kill"),
        Claim.of("node.no-crash", "a server does not end by itself", FAULTS));
  }

  @Override
  public List<String> environments() {
    return List.of("containers");
  }

  @Override
  public List<String> interfaces() {
    return List.of("register", "cas-register", "leader", "locked-counter");
  }

  @Override
  public Deployment deployment(Setup setup) {
    int count = setup.nodes() == 0 ? NODES : setup.nodes();
    List<NodeSpec> nodes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      nodes.add(new NodeSpec("z" + i, "server", image(i, count)));
    }
    return new Deployment(nodes, Duration.ofSeconds(90));
  }

  private static Image image(int i, int count) {
    List<String> command = new ArrayList<>(List.of("zookeeper", Integer.toString(i)));
    command.addAll(
        List.of(
            "tickTime=" + TICK.toMillis(),
            "initLimit=20",
            "syncLimit=" + SYNC_TICKS,
            "preAllocSize=1024",
            "clientPort=" + CLIENT_PORT,
            // A server alone is none of a quorum, unless it is told to be one.
            "standaloneEnabled=false",
            "quorumListenOnAllIPs=true"));
    for (int peer = 1; peer <= count; peer++) {
      command.add("server.%1$d=z%1$d:288%1$d:388%1$d".formatted(peer));
    }
    return new Image(
        "faultline/zookeeper",
        command,
        Map.of(),
        CLIENT_PORT,
        List.of(2880 + i, 3880 + i),
        LEADER.pattern() + "|" + FOLLOWER.pattern(),
        List.of(LEADER, FOLLOWER));
  }

  /** What hosts of clients need, in the version of Curator that was asked for. */
  static List<String> libraries(String curator) {
    return Stream.of(
            "zookeeper-3.8.4",
            "zookeeper-jute-3.8.4",
            "curator-client-" + curator,
            "curator-framework-" + curator,
            "curator-recipes-" + curator)
        .map(name -> "/clients/" + name + ".jar")
        .toList();
  }

  /** No references to constructors: only hosts have what these classes need to be loaded. */
  @Override
  public Client client(String clientInterface, Setup setup) {
    Client.Opener opener =
        switch (clientInterface) {
          case "leader" -> context -> new Participant(context);
          case "locked-counter" -> context -> new LockedCounter(context);
          default -> context -> new Registers(context);
        };
    return Client.Blocking.inHosts(libraries(setup.option("curator")), opener).failing(REASONS);
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(SILENCE, Duration.ofSeconds(20));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    Map<String, String> selectors = new TreeMap<>();
    selectors.put("$leader", "leader");
    selectors.put("$follower", "follower");
    switch (clientInterface) {
      case "leader" -> selectors.put("$elected", "elected");
      case "locked-counter" -> selectors.put("$holder", "holding");
      default -> {}
    }
    return selectors;
  }
}
