package dev.faultline.targets.redis;

import dev.faultline.junit.SystemRun;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis end to end: what it claims holds under faults, and what it does not claim breaks. */
class RedisTest {
  @BeforeAll
  static void needsContainers() throws IOException, InterruptedException {
    SystemRun.needsContainers();
  }

  private static SystemRun run(String workload) {
    return SystemRun.of(RedisTest.class, "redis", workload);
  }

  @Test
  void oneServerIsLinearizableUnderPauseAndKill() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "pause", "node": "$master", "from": {"at": "500ms"}, "for": "1500ms"},
          {"id": "f2", "do": "kill", "node": "$master", "from": {"at": "2500ms"}, "for": "700ms"}]}
        """;
    run("register").plan(plan).lasting(4).holds("single");
  }

  /** Example 3: the old master acknowledges what the new one never had. */
  @Test
  void aFailoverLosesWhatTheOldMasterAcknowledgedMeanwhile() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "partition", "groups": [["r1", "s1"], ["r2", "r3", "s2", "s3"]],
           "from": {"at": "1s"}, "for": "6s"}]}
        """;
    SystemRun sentinel = run("set").with("topology", "sentinel");
    sentinel.plan(plan).expecting("set.no-lost-add").breaks("failover", "set.no-lost-add");
    sentinel.lasting(2).holds("no-failover");
  }

  /** Example 2: the server measures how long a lock lives by its wall clock. */
  @Test
  void aStepOfTheServersClockGivesTheLockToASecondHolder() throws IOException {
    SystemRun slow = run("locked-counter").with("work", "700ms").expecting("all");
    slow.planned("docs/plans/redis-clock-step.json")
        .lasting(4)
        .breaks("clock-step", "counter.no-lost-update");
    slow.lasting(2).holds("no-step");
  }
}
