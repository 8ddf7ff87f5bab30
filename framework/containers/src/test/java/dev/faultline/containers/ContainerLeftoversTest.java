package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.warden.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run whose harness was killed. */
class ContainerLeftoversTest {
  @Test
  void nothingIsLeftThirtySecondsAfterTheHarnessWasKilled(@TempDir Path directory)
      throws Exception {
    Containers.require("node", "toxiproxy");
    String run = "killed-" + ProcessHandle.current().pid();
    Process harness =
        JvmCommand.ofRun(
                run, HarnessToKill.class, 256, List.of(), List.of(run, directory.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(harness.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("up");
      assertThat(of(run)).as("the labels tell whose they are").isEmpty();
    } finally {
      harness.destroyForcibly();
    }
    // What the harness had, told apart from what it has while it lives, by its death alone.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    harness.waitFor();
    while (everything(run) > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(everything(run)).as("containers and networks of run %s", run).isZero();
  }

  /** What the doctor would show of a run: nothing, as long as its harness lives. */
  private static List<String> of(String run) {
    return new ContainerLeftovers().find().stream().filter(l -> l.contains(run)).toList();
  }

  private static int everything(String run) throws IOException {
    Engine engine = Engine.connect();
    String label = Labels.RUN + "=" + run;
    return engine
            .client()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(label))
            .exec()
            .size()
        + engine.client().listNetworksCmd().withFilter("label", List.of(label)).exec().size();
  }
}
