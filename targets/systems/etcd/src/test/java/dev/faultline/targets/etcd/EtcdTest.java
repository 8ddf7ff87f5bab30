package dev.faultline.targets.etcd;

import dev.faultline.harness.Setup;
import dev.faultline.harness.run.Catalog;
import dev.faultline.junit.SystemRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** etcd end to end: what it claims holds under faults, and what it does not claim breaks. */
class EtcdTest {
  @BeforeAll
  static void needsContainers() throws IOException, InterruptedException {
    SystemRun.needsContainers();
  }

  private static SystemRun run(String workload) {
    return SystemRun.of(EtcdTest.class, "etcd", workload);
  }

  @Test
  void linearizableUnderPartitionPauseAndKill() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "kill", "node": "$leader", "from": {"at": "1s"}, "for": "800ms"},
          {"id": "f2", "do": "pause", "node": "$leader", "from": {"at": "4500ms"}, "for": "2500ms"},
          {"id": "f3", "do": "partition", "isolate": "$leader", "from": {"at": "9s"}, "for": "3s"}]}
        """;
    run("register").plan(plan).lasting(13).holds("valid");
  }

  @Test
  void serializableReadsAreStaleAtAnIsolatedServer() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "partition", "isolate": "e1", "from": {"at": "1s"}, "for": "7s"}]}
        """;
    run("register")
        .plan(plan)
        .with("reads", "serializable")
        .expecting("all")
        .lasting(9)
        .breaks("serializable", "linearizable");
  }

  /** Example 1, and its control: the same pauses, and a write that demands the lock's key. */
  @Test
  void aPausedHolderOfTheLockOverwritesAnIncrementUnlessItsWriteDemandsTheLock()
      throws IOException {
    SystemRun paused =
        run("locked-counter").planned("docs/plans/etcd-paused-holder.json").lasting(13);
    SystemRun.atOnce(
        () -> paused.expecting("all").breaks("unguarded", "counter.no-lost-update"),
        () -> paused.with("guard", "lock").holds("guarded"));
  }

  /** etcd 3.4 before 3.4.31: a deposed leader revokes leases that it did not see renewed. */
  @Test
  void aDeposedLeaderWhoseDiskStalledRevokesAHealthyLease() throws IOException {
    EtcdTarget etcd = new EtcdTarget();
    Setup setup = new Setup("correct", "containers", Map.of(), 3, 0, 0, Duration.ofSeconds(12), 1);
    Set<String> can = Catalog.environment("containers").capabilities(etcd.deployment(setup));
    Assumptions.assumeTrue(
        can.contains("disk.stall"), "a disk of a node's own takes root and loop devices");
    run("lease")
        .planned("docs/plans/etcd-stalled-leader.json")
        .expecting("all")
        .lasting(10)
        .breaks("lease", "lease.minimum-term");
  }

  @Test
  void linearizableWhileAMemberGoesAndJoinsAgain() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "admin", "action": "transfer", "node": "$leader",
           "from": {"at": "1s"}, "for": "500ms"},
          {"id": "f2", "do": "admin", "action": "remove", "node": "e3",
           "from": {"at": "3s"}, "for": "1s"}]}
        """;
    run("register").plan(plan).expecting("linearizable").lasting(9).holds("admin");
  }
}
