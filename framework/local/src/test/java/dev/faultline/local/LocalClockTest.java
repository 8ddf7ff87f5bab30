package dev.faultline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Cluster.ClockReading;
import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalClockTest {
  private static final long SECOND = 1_000_000_000L;

  /** What the wall clock itself may be off between two looks at it. */
  private static final long WALL_ERROR = 5_000_000;

  @TempDir Path temp;

  private static void assertSkew(ClockReading reading, long skew, long also) {
    assertThat(reading.skewNanos())
        .isBetween(
            skew - reading.uncertaintyNanos() - also, skew + reading.uncertaintyNanos() + also);
  }

  @Test
  void aStepIsReadBackAndHealed() throws Exception {
    try (Rig rig = new Rig("clock-test", temp, 1, false).start()) {
      Cluster cluster = rig.cluster;
      assertSkew(Rig.await(cluster.readClock("n1")), 0, WALL_ERROR);

      Rig.await(cluster.setClock("n1", new ClockState(-2 * SECOND, 0)));
      assertSkew(Rig.await(cluster.readClock("n1")), -2 * SECOND, WALL_ERROR);

      Rig.await(cluster.kill("n1"));
      Rig.await(cluster.restart("n1"));
      assertSkew(Rig.await(cluster.readClock("n1")), -2 * SECOND, WALL_ERROR);

      Rig.await(cluster.setClock("n1", new ClockState(-2 * SECOND, 0, true)));
      ClockReading frozen = Rig.await(cluster.readClock("n1"));
      Rig.await(cluster.kill("n1"));
      Rig.await(cluster.restart("n1"));
      ClockReading later = Rig.await(cluster.readClock("n1"));
      assertSkew(later, frozen.skewNanos() - (later.at() - frozen.at()), WALL_ERROR);

      Rig.await(cluster.setClock("n1", ClockState.TRUE));
      assertSkew(Rig.await(cluster.readClock("n1")), 0, WALL_ERROR);
    }
  }

  @Test
  void aPausedNodeIsSteeredWhenItGoesOn() throws Exception {
    try (Rig rig = new Rig("clock-test", temp, 1, false).start()) {
      Rig.await(rig.cluster.pause("n1"));
      Rig.await(rig.cluster.setClock("n1", new ClockState(SECOND, 0)));
      Rig.await(rig.cluster.resume("n1"));
      assertSkew(Rig.await(rig.cluster.readClock("n1")), SECOND, WALL_ERROR);
    }
  }

  @Test
  void aRateShowsInBothClocksAndInTimers() throws Exception {
    try (Rig rig = new Rig("clock-test", temp, 1, false).start()) {
      Cluster cluster = rig.cluster;
      Rig.await(cluster.setClock("n1", new ClockState(0, 1_000_000)));
      ClockReading first = Rig.await(cluster.readClock("n1"));
      long began = System.nanoTime();
      long waited = rig.client("c1", "n1").call("wait", "millis", 1_000L).integer("waited");
      long took = System.nanoTime() - began;
      ClockReading second = Rig.await(cluster.readClock("n1"));

      long truly = second.at() - first.at();
      long error = first.uncertaintyNanos() + second.uncertaintyNanos();
      assertThat(second.monotonic() - first.monotonic())
          .isBetween(2 * (truly - error), 2 * (truly + error));
      assertSkew(second, first.skewNanos() + truly, error + WALL_ERROR);
      assertThat(waited).isGreaterThanOrEqualTo(SECOND);
      assertThat(took).isGreaterThanOrEqualTo(SECOND / 2);

      Rig.await(cluster.setClock("n1", ClockState.TRUE));
      ClockReading healed = Rig.await(cluster.readClock("n1"));
      assertSkew(healed, 0, WALL_ERROR);
      assertThat(healed.monotonic()).isGreaterThan(second.monotonic());
    }
  }

  @Test
  void latencyOnTheTimePathSkewsTheClockByHalf() throws Exception {
    try (Rig rig = new Rig("clock-test", temp, 1, true).start()) {
      assertThat(rig.probe("n1", "time", 64, Duration.ofSeconds(5)).passed()).isTrue();
      assertThat(rig.probe("time", "n1", 64, Duration.ofSeconds(5)).passed()).isTrue();
      Duration latency = Duration.ofSeconds(1);

      rig.set("n1", "time", new LinkState(null, Fault.Effect.latency(latency)));
      awaitSkew(rig, latency.toNanos() / 2);
      assertThat(rig.probe("n1", "time", 64, Duration.ofSeconds(5)).nanos())
          .isGreaterThanOrEqualTo(latency.toNanos());

      rig.set("n1", "time", LinkState.CLEAR);
      rig.set("time", "n1", new LinkState(null, Fault.Effect.latency(latency)));
      awaitSkew(rig, -latency.toNanos() / 2);

      rig.set("time", "n1", LinkState.CLEAR);
      awaitSkew(rig, 0);
    }
  }

  /** Within 50 ms: the proxy's own delays come on top of the latency. */
  private static void awaitSkew(Rig rig, long skew) throws Exception {
    long end = System.nanoTime() + 15 * SECOND;
    long last;
    do {
      TimeUnit.MILLISECONDS.sleep(20);
      last = Rig.await(rig.cluster.readClock("n1")).skewNanos();
    } while (Math.abs(last - skew) > 50_000_000 && System.nanoTime() < end);
    assertThat(last).isBetween(skew - 50_000_000, skew + 50_000_000);
  }
}
