package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.RunResult;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A violating run again on one node says whether distribution is to blame. */
final class ControlTest {
  private static RunResult run(String target, Path dir) {
    RunSpec spec =
        Experiment.plan(
            new Request(
                target,
                null,
                "sim",
                null,
                null,
                List.of(),
                Map.of(),
                Duration.ofSeconds(6),
                5L,
                0,
                0,
                0));
    return Experiment.run(spec.withId("run"), dir, Progress.NONE);
  }

  @Test
  void aRegisterThatReadsLocallyIsRightOnOneNode(@TempDir Path dir) throws IOException {
    RunResult result = run("register:read-local", dir.resolve("run"));
    assertThat(result.judgement().status()).isEqualTo(Status.INVALID);
    String sentence = Experiment.control(result, Progress.NONE);
    assertThat(sentence).startsWith("on one node, with ").contains("linearizable held");
    assertThat(dir.resolve("run/control/verdict.json")).exists();
    for (String report : List.of("summary.txt", "case-study.md", "report.html")) {
      assertThat(Files.readString(dir.resolve("run").resolve(report)).replaceAll("\\s+", " "))
          .as(report)
          .contains("on one node, with ");
    }
  }

  @Test
  void aRunInWhichEverythingHeldHasNoControl(@TempDir Path dir) {
    RunResult result = run("register", dir.resolve("run"));
    assertThat(Experiment.control(result, Progress.NONE)).isEmpty();
    assertThat(dir.resolve("run/control")).doesNotExist();
  }
}
