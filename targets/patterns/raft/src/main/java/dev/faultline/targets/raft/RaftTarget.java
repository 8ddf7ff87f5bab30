package dev.faultline.targets.raft;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Raft as something to test. */
public final class RaftTarget implements Target {
  private static final String LINEARIZABLE = "linearizable";
  private static final String ONE_LEADER = "leader.one-per-term";
  private static final String ONE_LOG = "log.no-divergent-commit";
  private static final String PROGRESS = "live.progress";

  @Override
  public String id() {
    return "raft";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "registers over a log that Raft replicates, three nodes";
  }

  @Override
  public List<String> patterns() {
    return List.of("Consensus", "Leader Election", "Log Replication", "Quorum");
  }

  @Override
  public List<Variant> variants() {
    return Arrays.stream(Defect.values()).map(RaftTarget::variant).toList();
  }

  private static Variant variant(Defect defect) {
    boolean needsFaults =
        switch (defect) {
          case NONE, HALF_QUORUM, GRANT_STALE_TERM -> false;
          default -> true;
        };
    return new Variant(defect.variant(), defect.summary(), breaches(defect), needsFaults);
  }

  /** Where nothing is said of when, it may be broken too, in rare schedules. */
  private static List<Breach> breaches(Defect defect) {
    return switch (defect) {
      case NONE -> List.of();
      case LEADER_LOCAL_READ ->
          List.of(Breach.of(LINEARIZABLE, "partition", "all", "plan:raft-leader-local-read"));
      case ACK_BEFORE_FSYNC ->
          // A leader that takes entries for stored which a follower lost never sends them again.
          List.of(
              Breach.of(LINEARIZABLE),
              Breach.of(ONE_LOG, "kill.lose-unsynced", "plan:raft-ack-before-fsync"),
              Breach.of(PROGRESS));
      case HALF_QUORUM ->
          List.of(
              Breach.of(LINEARIZABLE, "partition", "all", "plan:raft-half-quorum"),
              Breach.of(ONE_LOG, "partition", "all"),
              Breach.of(ONE_LEADER));
      case COMMIT_OLD_TERM ->
          List.of(Breach.of(LINEARIZABLE), Breach.of(ONE_LOG, "plan:raft-commit-old-term"));
      case NO_PERSIST_VOTE -> twoLeaders("plan:raft-no-persist-vote");
      case GRANT_STALE_TERM -> twoLeaders("plan:raft-grant-stale-term");
    };
  }

  private static List<Breach> twoLeaders(String plan) {
    return List.of(Breach.of(LINEARIZABLE), Breach.of(ONE_LOG), Breach.of(ONE_LEADER, plan));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "election",
            "400ms",
            List.of(),
            "shortest silence after which a node wants to lead; the longest is twice that"),
        // Where a leader is cut off one client is stuck with what it wrote, which then is open, and
        // the other reads what is old.
        new Option("readers", "1", List.of(), "clients of each node that only read"));
  }

  @Override
  public List<Claim> claims() {
    return List.of(
        claim(LINEARIZABLE, "thesis, 6.3 and 6.4"),
        claim(ONE_LEADER, "paper, figure 3, Election Safety"),
        claim(ONE_LOG, "paper, figure 3, State Machine Safety"),
        claim(PROGRESS, "paper, section 5.6; a majority is connected"));
  }

  /** Disks keep what was synced; nothing depends on a wall clock or on how fast a clock runs. */
  private static Claim claim(String property, String where) {
    return Claim.of(
        property,
        "Ongaro, Ousterhout 2014, " + where,
        "partition",
        "link",
        "pause",
        "kill",
        "stop",
        "disk.stall",
        "disk.full",
        "disk.slow",
        "clock");
  }

  @Override
  public List<CheckerSpec> checkers() {
    return List.of(CheckerSpec.of(ONE_LEADER), CheckerSpec.of(ONE_LOG));
  }

  @Override
  public List<String> environments() {
    return List.of("local", "containers", "sim");
  }

  @Override
  public List<String> interfaces() {
    return List.of("register");
  }

  @Override
  public Deployment deployment(Setup setup) {
    Settings.election(setup.option("election"));
    int nodes = setup.nodes() == 0 ? Defect.of(setup.variant()).nodes() : setup.nodes();
    Map<String, String> options =
        Map.of("variant", setup.variant(), "election", setup.option("election"));
    return new Deployment(
        IntStream.rangeClosed(1, nodes)
            .mapToObj(i ->
                new Deployment.NodeSpec(
                    "n" + i, "node", new Deployment.Kit(RaftNode.class, options, false)))
            .toList(),
        Duration.ofSeconds(30));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new RaftClient();
  }

  @Override
  public Timing timing(Setup setup) {
    Duration longest = Settings.election(setup.option("election")).multipliedBy(2);
    // Twelve rounds of election, so that split votes accuse nobody.
    return new Timing(longest, longest.multipliedBy(12));
  }

  @Override
  public List<Goal> goals() {
    return Goals.all();
  }

  /** Room for four elections, as figure 8 of the paper needs; some eighty operations. */
  @Override
  public Extent extent(Setup setup) {
    Duration length = timing(setup).detection().multipliedBy(5);
    return new Extent(length, 80 / (length.toMillis() / 1e3));
  }

  @Override
  public Liveness liveness(Setup setup) {
    int nodes = setup.nodes() == 0 ? Defect.of(setup.variant()).nodes() : setup.nodes();
    return new Liveness(
        timing(setup).recovery(),
        List.of("write", "read"),
        false,
        healed -> healed.size() > nodes / 2);
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return Map.of("$leader", "leader");
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return List.of("committed", "leader", "voted");
  }
}
