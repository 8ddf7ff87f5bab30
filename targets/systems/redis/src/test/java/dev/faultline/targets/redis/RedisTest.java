package dev.faultline.targets.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.Environment;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Redis end to end: what it claims holds under faults, and what it does not claim breaks. Skipped
 * without a container engine, and failed with {@code -Dfaultline.requireDocker=true}.
 */
class RedisTest {
  private static final Path ROOT = Path.of(System.getProperty("faultline.root", ""));

  private static final String NO_FAULTS = "{\"faults\": []}";

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
  void oneServerIsLinearizableUnderPauseAndKill() throws Exception {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "pause", "node": "$master", "from": {"at": "500ms"}, "for": "1500ms"},
          {"id": "f2", "do": "kill", "node": "$master", "from": {"at": "2500ms"}, "for": "700ms"}]}
        """;
    Judgement judgement = judge("single", "register", plan, List.of(), Map.of(), 4);
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.VALID);
    assertThat(judgement.faults()).hasSize(2).allMatch(Judgement.FaultRecord::proven);
  }

  /** Example 3: the old master acknowledges what the new one never had. */
  @Test
  void aFailoverLosesWhatTheOldMasterAcknowledgedMeanwhile() throws Exception {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "partition", "groups": [["r1", "s1"], ["r2", "r3", "s2", "s3"]],
           "from": {"at": "1s"}, "for": "6s"}]}
        """;
    Map<String, String> sentinel = Map.of("topology", "sentinel");
    Judgement judgement = judge("failover", "set", plan, List.of("set.no-lost-add"), sentinel, 8);
    assertInvalid(judgement, "set.no-lost-add");
    Judgement control = judge("no-failover", "set", NO_FAULTS, List.of(), sentinel, 2);
    assertThat(control.status()).as("%s", control).isEqualTo(Judgement.Status.VALID);
  }

  /** Example 2: the server measures how long a lock lives by its wall clock. */
  @Test
  void aStepOfTheServersClockGivesTheLockToASecondHolder() throws Exception {
    String plan = Files.readString(ROOT.resolve("docs/plans/redis-clock-step.json"));
    Map<String, String> slow = Map.of("work", "700ms");
    Judgement judgement = judge("clock-step", "locked-counter", plan, List.of("all"), slow, 4);
    assertInvalid(judgement, "counter.no-lost-update");
    assertThat(judgement.faults()).hasSize(1).allMatch(Judgement.FaultRecord::proven);
    Judgement control = judge("no-step", "locked-counter", NO_FAULTS, List.of("all"), slow, 2);
    assertThat(control.status()).as("%s", control).isEqualTo(Judgement.Status.VALID);
  }

  private static void assertInvalid(Judgement judgement, String property) {
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.INVALID);
    assertThat(judgement.findings())
        .filteredOn(f -> f.verdict() instanceof Verdict.Invalid)
        .extracting(Judgement.Finding::property)
        .contains(property);
  }

  private static Judgement judge(
      String name,
      String workload,
      String plan,
      List<String> expects,
      Map<String, String> options,
      int seconds) {
    Path dir = Path.of("target", "faultline", "RedisTest", name);
    Directories.delete(dir);
    Request request =
        new Request(
            "redis",
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
