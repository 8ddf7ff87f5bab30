package dev.faultline.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.Message;
import dev.faultline.sim.SimTest.Universe;
import dev.faultline.spec.Unsynced;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Kills, stops and lost disks of simulated processes, and what proves them. */
final class SimProcessesTest {
  private final Universe universe = new Universe(5);

  private void write(String type) {
    universe.say(Message.of(type, "text", "one "));
    universe.pass(Duration.ofMillis(20));
  }

  private boolean found(String content) {
    return universe.events.get(universe.events.size() - 1).contains("{content=" + content + "}");
  }

  @Test
  void whoIsAskedToEndLosesNothing() {
    write("forget");
    assertThat(universe.cluster.stop("n1").join())
        .containsEntry("exit", 0L)
        .containsEntry("gone", "incarnation 1");
    assertThatThrownBy(() -> universe.cluster.stop("n1").join())
        .hasMessageContaining("does not run");
    assertThat(universe.cluster.restart("n1").join()).containsOnlyKeys("started");
    assertThat(found("one ")).isTrue();
  }

  @Test
  void afterAWipeEvenWhatWasSyncedIsGone() {
    write("keep");
    assertThat(universe.seen("kept")).isEqualTo(1);
    assertThat(universe.cluster.kill("n1", Unsynced.WIPE).join()).doesNotContainKey("lost");
    assertThat(universe.cluster.restart("n1").join())
        .containsEntry("wiped", 1L)
        .containsEntry("files", 0L);
    assertThat(found("")).isTrue();
    universe.cluster.kill("n1").join();
    assertThat(universe.cluster.restart("n1").join()).doesNotContainKey("wiped");
  }
}
