package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster.Damage;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.warden.ProcessWarden;
import dev.faultline.spec.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a program that is none of ours. Skipped where none can be made, with the reason. */
class LoopDiskTest {
  private static final Image SLEEPER =
      new Image(
              Started.NODE_IMAGE,
              List.of("bash", "-c", "echo ready; exec sleep 600"),
              Map.of(),
              1,
              List.of(),
              "ready",
              List.of())
          .storing("/state")
          .onDiskOfItsOwn();

  @Test
  void aDiskStallsIsFullOrSlowAndGoesWithItsHarness(@TempDir Path directory) throws Exception {
    Containers.require("node", "toxiproxy");
    String why = LoopDisk.unavailable();
    Assumptions.assumeTrue(why == null, why);
    Deployment deployment =
        new Deployment(List.of(new NodeSpec("s1", "server", SLEEPER)), Duration.ofSeconds(30));
    assertThat(new ContainersEnvironment().capabilities(deployment))
        .contains("disk.stall", "disk.full", "disk.slow")
        .doesNotContain("disk.corrupt", "clock.step");
    String run = "disk-" + ProcessHandle.current().pid();
    try (ProcessWarden warden = ProcessWarden.start(run)) {
      ContainerCluster cluster =
          new ContainerCluster(
              new Environment.Request(
                  run,
                  directory,
                  "toy",
                  new Setup("correct", "containers", Map.of(), 1, 1, 0, Duration.ofSeconds(5), 1),
                  deployment,
                  List.of(),
                  false,
                  "toy",
                  new Seen(),
                  warden));
      try {
        get(cluster.start());
        goesWrong(cluster, new Trouble(true, false, false, Duration.ZERO), Damage::stalled);
        goesWrong(cluster, new Trouble(false, true, false, Duration.ZERO), Damage::failed);
        goesWrong(
            cluster, new Trouble(false, false, false, Duration.ofMillis(150)), Damage::slowed);
        isLetGoWhenTheHarnessHangs(cluster, run);
      } finally {
        assertThat(get(cluster.close())).as("what could not be removed").isEmpty();
      }
      assertThat(new LoopLeftovers().remove(run)).isEmpty();
    }
  }

  private static void goesWrong(
      ContainerCluster cluster, Trouble trouble, ToLongFunction<Damage> counted) throws Exception {
    long before = counted.applyAsLong(cluster.damage("s1"));
    get(cluster.setDisk("s1", trouble));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (counted.applyAsLong(cluster.damage("s1")) == before && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(counted.applyAsLong(cluster.damage("s1"))).as("%s", trouble).isGreaterThan(before);
    // Only done when a writer got through.
    get(cluster.setDisk("s1", Trouble.NONE));
  }

  private static void isLetGoWhenTheHarnessHangs(ContainerCluster cluster, String run)
      throws Exception {
    get(cluster.setDisk("s1", new Trouble(true, false, false, Duration.ZERO)));
    new LoopLeftovers().heal(run);
    assertThat(get(cluster.execute("s1", "sh", "-c", "echo x > /state/x && sync /state/x")).exit())
        .isZero();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(120, TimeUnit.SECONDS);
  }
}
