package dev.faultline.targets.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.warden.Directories;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * etcd end to end: what it claims holds under faults, and what it does not claim breaks. Skipped
 * without a container engine, and failed with {@code -Dfaultline.requireDocker=true}.
 */
class EtcdTest {
  private static final Path ROOT = Path.of(System.getProperty("faultline.root", ""));

  @BeforeAll
  static void needsContainers() throws IOException, InterruptedException {
    Environment.Health engine = Catalog.environment("containers").health().get(0);
    if (!engine.works()) {
      String why = engine.detail() + "; " + engine.remedy();
      if (Boolean.getBoolean("faultline.requireDocker")) {
        fail(why + " (-Dfaultline.requireDocker=true)");
      }
      Assumptions.abort(why);
    }
    Path log = Files.createTempFile("faultline-images-", ".log");
    // Quick when nothing changed.
    Process images =
        new ProcessBuilder(ROOT.resolve("scripts/images").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = images.waitFor(8, TimeUnit.MINUTES);
    images.destroyForcibly();
    assertThat(ended && images.exitValue() == 0)
        .as("scripts/images: %s", Files.readString(log))
        .isTrue();
    Files.delete(log);
  }

  @Test
  void linearizableUnderPartitionPauseAndKill() throws Exception {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "kill", "node": "$leader", "from": {"at": "1s"}, "for": "800ms"},
          {"id": "f2", "do": "pause", "node": "$leader", "from": {"at": "4500ms"}, "for": "2500ms"},
          {"id": "f3", "do": "partition", "isolate": "$leader", "from": {"at": "9s"}, "for": "3s"}]}
        """;
    Judgement judgement = judge("valid", "register", plan, List.of(), Map.of(), 13);
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.VALID);
    assertThat(judgement.faults()).hasSize(3).allMatch(Judgement.FaultRecord::proven);
  }

  @Test
  void serializableReadsAreStaleAtAnIsolatedServer() throws Exception {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "partition", "isolate": "e1", "from": {"at": "1s"}, "for": "7s"}]}
        """;
    Judgement judgement =
        judge("serializable", "register", plan, List.of("all"), Map.of("reads", "serializable"), 9);
    assertInvalid(judgement, "linearizable");
  }

  @Test
  void aPausedHolderOfTheLockOverwritesAnIncrement() throws Exception {
    String plan = Files.readString(ROOT.resolve("docs/plans/etcd-paused-holder.json"));
    Judgement judgement =
        judge("locked-counter", "locked-counter", plan, List.of("all"), Map.of(), 13);
    assertInvalid(judgement, "counter.no-lost-update");
  }

  /** etcd 3.4 before 3.4.31: a deposed leader revokes leases that it did not see renewed. */
  @Test
  void aDeposedLeaderWhoseDiskStalledRevokesAHealthyLease() throws Exception {
    EtcdTarget etcd = new EtcdTarget();
    Setup setup = new Setup("correct", "containers", Map.of(), 3, 0, 0, Duration.ofSeconds(12), 1);
    Set<String> can = Catalog.environment("containers").capabilities(etcd.deployment(setup));
    Assumptions.assumeTrue(
        can.contains("disk.stall"), "a disk of a node's own takes root and loop devices");
    String plan = Files.readString(ROOT.resolve("docs/plans/etcd-stalled-leader.json"));
    Judgement judgement = judge("lease", "lease", plan, List.of("all"), Map.of(), 10);
    assertInvalid(judgement, "lease.minimum-term");
    assertThat(judgement.faults()).hasSize(1).allMatch(Judgement.FaultRecord::proven);
  }

  @Test
  void linearizableWhileAMemberGoesAndJoinsAgain() throws Exception {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "admin", "action": "transfer", "node": "$leader",
           "from": {"at": "1s"}, "for": "500ms"},
          {"id": "f2", "do": "admin", "action": "remove", "node": "e3",
           "from": {"at": "3s"}, "for": "1s"}]}
        """;
    Judgement judgement = judge("admin", "register", plan, List.of("linearizable"), Map.of(), 9);
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.VALID);
    assertThat(judgement.faults()).hasSize(2).allMatch(Judgement.FaultRecord::proven);
  }

  private static void assertInvalid(Judgement judgement, String property) {
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.INVALID);
    assertThat(judgement.findings())
        .filteredOn(f -> f.verdict() instanceof Verdict.Invalid)
        .extracting(Judgement.Finding::property)
        .containsExactly(property);
  }

  private static Judgement judge(
      String name,
      String workload,
      String plan,
      List<String> expects,
      Map<String, String> options,
      int seconds) {
    Path dir = Path.of("target", "faultline", "EtcdTest", name);
    Directories.delete(dir);
    Request request =
        new Request(
            "etcd",
            workload,
            "containers",
            null,
            FaultPlan.fromJson(JsonView.parse(name, plan)),
            expects,
            options,
            Duration.ofSeconds(seconds),
            1L,
            0,
            0,
            0);
    return Experiment.run(Experiment.plan(request), dir, Progress.NONE).judgement();
  }
}
