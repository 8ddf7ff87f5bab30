package dev.faultline.targets.zookeeper;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.servers.Servers;
import dev.faultline.harness.servers.Servers.Server;
import dev.faultline.harness.servers.SystemTarget;
import dev.faultline.spec.Claim;
import dev.faultline.workloads.register.RegisterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * ZooKeeper servers. A plain read may be stale and is claimed to be nothing more; a read after
 * {@code sync} is current as long as no leader is deposed that still believes to lead.
 */
public final class ZooKeeperTarget extends SystemTarget {
  private static final int CLIENT_PORT = 2181;

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

  private static final String LEADS = "Peer state changed: leading - broadcast";
  private static final String FOLLOWS = "Peer state changed: following - broadcast";

  /** No references to constructors: only hosts have what these classes need to be loaded. */
  public ZooKeeperTarget() {
    super(
        "zookeeper",
        "ZooKeeper 3.8, a replicated tree with sessions, and Curator's recipes on it",
        "Consensus",
        "Leader Election",
        "Lease",
        "Replicated Log");
    selects("$leader", "leader");
    selects("$follower", "follower");
    offers("register", setup -> client(setup, context -> new Registers(context)));
    offers("cas-register", setup -> client(setup, context -> new Registers(context)));
    offers(
        "leader",
        "$elected",
        "elected",
        setup -> client(setup, context -> new Participant(context)));
    offers(
        "locked-counter",
        "$holder",
        "holding",
        setup -> client(setup, context -> new LockedCounter(context)));
  }

  private static Client client(Setup setup, Client.Opener opener) {
    return Client.Blocking.inHosts(libraries(setup.option("curator")), opener).failing(REASONS);
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
        claim(
            "linearizable",
            List.of("kill"),
            Map.of("reads", List.of("sync")),
            "zookeeper.apache.org, doc r3.8.0, zookeeperInternals, consistency guarantees: writes are"
                + " linearizable, reads are not, and sync is none of a quorum: at a leader that does"
                + " not know yet that it is deposed it helps nothing"),
        claim(
            "leader.no-overlapping-belief",
            List.of("kill"),
            Map.of(),
            "curator.apache.org, recipes, leader latch: one that is suspended or lost reports that"
                + " it leads no longer"),
        noCrash());
  }

  @Override
  public Deployment deployment(Setup setup) {
    Servers servers =
        Servers.of(setup, "z", 3, "faultline/zookeeper")
            .clients(CLIENT_PORT)
            .peers(2881, 3881)
            .ready(LEADS + "|" + FOLLOWS)
            .event("leader", LEADS)
            .event("follower", FOLLOWS);
    return servers.command(s -> command(s, servers)).within(Duration.ofSeconds(90));
  }

  private static List<String> command(Server server, Servers all) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "zookeeper",
                Integer.toString(server.number()),
                "tickTime=" + TICK.toMillis(),
                "initLimit=20",
                "syncLimit=" + SYNC_TICKS,
                "preAllocSize=1024",
                "clientPort=" + CLIENT_PORT,
                // A server alone is none of a quorum, unless it is told to be one.
                "standaloneEnabled=false",
                "quorumListenOnAllIPs=true"));
    for (Server peer : all.all()) {
      command.add("server.%d=%s:%d".formatted(peer.number(), peer.at(), peer.ports().get(1)));
    }
    return command;
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

  @Override
  public Timing timing(Setup setup) {
    return new Timing(SILENCE, Duration.ofSeconds(20));
  }
}
