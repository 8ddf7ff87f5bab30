package dev.faultline.targets.zookeeper;

import dev.faultline.junit.SystemRun;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * ZooKeeper and Curator end to end, each finding beside its control, both at once since they mostly
 * wait.
 */
class ZooKeeperTest {
  @BeforeAll
  static void needsContainers() throws IOException, InterruptedException {
    SystemRun.needsContainers();
  }

  private static SystemRun run(String workload) {
    return SystemRun.of(ZooKeeperTest.class, "zookeeper", workload).expecting("all");
  }

  /** Example 5. Followers only: at a leader that was deposed unawares a sync is stale too. */
  @Test
  void plainReadsAreStaleAtAFollowerThatIsCutOffAndThoseAfterASyncAreNot() throws IOException {
    SystemRun cut = run("register").planned("docs/plans/zookeeper-cut-follower.json").lasting(5);
    SystemRun.atOnce(
        () -> cut.breaksInTime("plain", "linearizable"),
        () -> cut.with("reads", "sync").holds("sync"));
  }

  /** Example 4: CURATOR-696. */
  @Test
  void twoLeadersAfterAnOutageWithCurator560AndOneWith570() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "kill", "node": "z1", "from": {"at": "1s"}, "for": "4s"}]}
        """;
    SystemRun outage = run("leader").nodes(1).plan(plan).lasting(16);
    SystemRun.atOnce(
        () ->
            outage
                .with("curator", "5.6.0")
                .breaksInTime("curator-5.6.0", "leader.no-overlapping-belief"),
        () -> outage.with("curator", "5.7.0").holds("curator-5.7.0"));
  }
}
