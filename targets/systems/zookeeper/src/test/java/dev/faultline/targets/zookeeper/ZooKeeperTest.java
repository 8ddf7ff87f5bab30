package dev.faultline.targets.zookeeper;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * ZooKeeper and Curator end to end, each finding beside its control, both at once since they mostly
 * wait. Skipped without a container engine, and failed with {@code -Dfaultline.requireDocker=true}.
 */
class ZooKeeperTest {
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

  /** Example 5. Followers only: at a leader that was deposed unawares a sync is stale too. */
  @Test
  void plainReadsAreStaleAtAFollowerThatIsCutOffAndThoseAfterASyncAreNot() throws Exception {
    String plan = Files.readString(ROOT.resolve("docs/plans/zookeeper-cut-follower.json"));
    Supplier<Judgement> control =
        () -> judge("sync", "register", plan, Map.of("reads", "sync"), 0, 5);
    CompletableFuture<Judgement> sync = CompletableFuture.supplyAsync(control);
    assertInvalid(
        seconds -> judge("plain", "register", plan, Map.of(), 0, seconds), 5, "linearizable");
    assertValid(sync.get());
  }

  /** Example 4: CURATOR-696. */
  @Test
  void twoLeadersAfterAnOutageWithCurator560AndOneWith570() throws Exception {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "kill", "node": "z1", "from": {"at": "1s"}, "for": "4s"}]}
        """;
    Supplier<Judgement> control =
        () -> judge("curator-5.7.0", "leader", plan, Map.of("curator", "5.7.0"), 1, 16);
    CompletableFuture<Judgement> fixed = CompletableFuture.supplyAsync(control);
    assertInvalid(
        seconds -> judge("curator-5.6.0", "leader", plan, Map.of("curator", "5.6.0"), 1, seconds),
        16,
        "leader.no-overlapping-belief");
    assertValid(fixed.get());
  }

  /** Once more, and for longer, where the machine was too slow for it to come about. */
  private static void assertInvalid(
      IntFunction<Judgement> experiment, int seconds, String property) {
    Judgement judgement = experiment.apply(seconds);
    if (judgement.status() != Judgement.Status.INVALID) {
      judgement = experiment.apply(3 * seconds);
    }
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.INVALID);
    assertThat(judgement.findings())
        .filteredOn(f -> f.verdict() instanceof Verdict.Invalid)
        .extracting(Judgement.Finding::property)
        .containsExactly(property);
  }

  private static void assertValid(Judgement judgement) {
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Judgement.Status.VALID);
    assertThat(judgement.faults()).isNotEmpty().allMatch(Judgement.FaultRecord::proven);
  }

  private static Judgement judge(
      String name,
      String workload,
      String plan,
      Map<String, String> options,
      int servers,
      int seconds) {
    Path dir = Path.of("target", "faultline", "ZooKeeperTest", name);
    Directories.delete(dir);
    Request request =
        new Request(
            "zookeeper",
            workload,
            "containers",
            null,
            FaultPlan.fromJson(JsonView.parse(name, plan)),
            List.of("all"),
            options,
            Duration.ofSeconds(seconds),
            1L,
            servers,
            0,
            0);
    // Two at once would have the same id, which is of the second and the target.
    String id = "ZooKeeperTest-%s-%d".formatted(name, ProcessHandle.current().pid());
    return Experiment.run(Experiment.plan(request).withId(id), dir, Progress.NONE).judgement();
  }
}
