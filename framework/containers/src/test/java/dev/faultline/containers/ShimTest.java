package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster.ClockReading;
import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.warden.ProcessWarden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preloaded library, in a program that is none of ours: a shell that tells the time. */
class ShimTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long SLACK = 50_000_000L;
  private static final String TELL =
      "echo ready; while sleep 0.1; do printf 'it is %(%s)T, in truth %s\\n' -1 \"$(LD_PRELOAD= date +%s)\"; done";
  private static final Image SHELL =
      new Image(
          Started.NODE_IMAGE,
          List.of("bash", "-c", TELL),
          Map.of(),
          1,
          List.of(),
          "ready",
          List.of(
              new LogEvent(
                  "it is (?<seen>\\d+), in truth (?<real>\\d+)", "told", List.of("seen", "real"))));

  @Test
  void aClockIsWrongAsLongAsSomebodySaysSo(@TempDir Path directory) throws Exception {
    Containers.require("node", "toxiproxy");
    Seen seen = new Seen();
    String run = "shim-" + ProcessHandle.current().pid();
    try (ProcessWarden warden = ProcessWarden.start(run)) {
      ContainerCluster cluster =
          new ContainerCluster(
              new Environment.Request(
                  run,
                  directory,
                  "toy",
                  new Setup("correct", "containers", Map.of(), 1, 1, 0, Duration.ofSeconds(5), 1),
                  new Deployment(
                      List.of(new NodeSpec("s1", "shell", SHELL.preloaded())),
                      Duration.ofSeconds(30)),
                  List.of(),
                  false,
                  "toy",
                  seen,
                  warden));
      try {
        get(cluster.start());
        assertThat(skew(cluster)).isBetween(-SLACK, SLACK);
        steps(cluster, seen);
        staysWrongInTheNextLife(cluster, seen);
        drifts(cluster);
        stands(cluster);
        isRightWhenNobodyRenewsIt(cluster);
      } finally {
        assertThat(get(cluster.close())).as("what could not be removed").isEmpty();
      }
    }
  }

  private static void steps(ContainerCluster cluster, Seen seen) throws Exception {
    get(cluster.setClock("s1", new ClockState(-100 * SECOND, 0)));
    assertThat(skew(cluster)).isBetween(-100 * SECOND - SLACK, -100 * SECOND + SLACK);
    seen.await("wrong time", e -> tells(e, -100));
    assertThat(cluster.shims().wrongReadings("s1")).isPositive();
  }

  private static void staysWrongInTheNextLife(ContainerCluster cluster, Seen seen)
      throws Exception {
    get(cluster.kill("s1"));
    get(cluster.restart("s1"));
    seen.await("wrong time", e -> e.incarnation() == 2 && tells(e, -100));
    get(cluster.setClock("s1", ClockState.TRUE));
    seen.await("right time", e -> e.incarnation() == 2 && tells(e, 0));
  }

  private static boolean tells(Seen.Event event, long wrongBySeconds) {
    return event.name().equals("told")
        && event.facts().get("seen") instanceof Long told
        && event.facts().get("real") instanceof Long real
        && Math.abs(told - real - wrongBySeconds) <= 1;
  }

  private static void drifts(ContainerCluster cluster) throws Exception {
    get(cluster.setClock("s1", new ClockState(0, 200_000)));
    ClockReading one = get(cluster.readClock("s1"));
    TimeUnit.MILLISECONDS.sleep(500);
    ClockReading two = get(cluster.readClock("s1"));
    double rate = 1e6 * (two.skewNanos() - one.skewNanos()) / (two.at() - one.at());
    assertThat(rate).isBetween(199_000.0, 201_000.0);
    assertThat(two.monotonic()).as("only wall time is wrong").isEqualTo(two.at());
    get(cluster.setClock("s1", ClockState.TRUE));
    assertThat(skew(cluster)).isBetween(-SLACK, SLACK);
  }

  private static void stands(ContainerCluster cluster) throws Exception {
    get(cluster.setClock("s1", new ClockState(5 * SECOND, 0, true)));
    ClockReading one = get(cluster.readClock("s1"));
    assertThat(one.skewNanos()).isLessThan(SLACK);
    ClockReading two = get(cluster.readClock("s1"));
    assertThat(two.skewNanos() - one.skewNanos())
        .isCloseTo(one.at() - two.at(), Offset.offset(SLACK / 10));
    get(cluster.setClock("s1", ClockState.TRUE));
    assertThat(skew(cluster)).isBetween(-SLACK, SLACK);
  }

  /** Set by somebody who then is no more. */
  private static void isRightWhenNobodyRenewsIt(ContainerCluster cluster) throws Exception {
    Path control = cluster.shims().file("s1");
    new Shim(control, Duration.ofMinutes(1)).set(new ClockState(7 * SECOND, 0));
    assertThat(skew(cluster)).isBetween(7 * SECOND - SLACK, 7 * SECOND + SLACK);
    new Shim(control, Duration.ofMillis(1)).set(new ClockState(7 * SECOND, 0));
    assertThat(skew(cluster)).isBetween(-SLACK, SLACK);
    // By the lease of the run, as the clocks of the node kit are.
    get(cluster.setClock("s1", new ClockState(7 * SECOND, 0)));
    assertThat(skew(cluster)).isBetween(7 * SECOND - SLACK, 7 * SECOND + SLACK);
    cluster.renew(Duration.ofMillis(1));
    assertThat(skew(cluster)).isBetween(-SLACK, SLACK);
    get(cluster.setClock("s1", ClockState.TRUE));
  }

  private static long skew(ContainerCluster cluster) throws Exception {
    return get(cluster.readClock("s1")).skewNanos();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(120, TimeUnit.SECONDS);
  }
}
