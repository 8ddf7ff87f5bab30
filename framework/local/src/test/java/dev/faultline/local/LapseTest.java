package dev.faultline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.node.Message;
import dev.faultline.spec.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults inside a node end by themselves when nobody renews the lease of the run. */
class LapseTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path temp;

  @Test
  void aDiskThatStalledAndAWrongClockAreWellAgain() throws Exception {
    try (Rig rig = new Rig("lapse-test", temp, 1, false).start()) {
      Rig.Client client = rig.client("c1", "n1");
      assertThat(client.call("count").integer("count")).isEqualTo(1);
      Rig.await(rig.cluster.setDisk("n1", new Trouble(true, false, false, Duration.ZERO)));
      Rig.await(rig.cluster.setClock("n1", new ClockState(60 * SECOND, 0)));
      var stalled = client.ask(Message.of("count"));
      assertThat(client.call("echo", "value", 1L).field("value")).isEqualTo(1L);
      assertThat(stalled.isDone()).isFalse();
      assertThat(Rig.await(rig.cluster.readClock("n1")).skewNanos()).isGreaterThan(50 * SECOND);

      rig.cluster.renew(Duration.ofMillis(1));
      assertThat(Rig.await(stalled).integer("count")).isEqualTo(2);
      assertThat(Rig.await(rig.cluster.readClock("n1")).skewNanos()).isLessThan(SECOND);
    }
  }
}
