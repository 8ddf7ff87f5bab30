package dev.faultline.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster.Probe;
import dev.faultline.harness.Cluster.Tally;
import dev.faultline.harness.LinkState;
import dev.faultline.node.Message;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Link;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What bytes meet on simulated links: changed, in pieces, the last of their connection. */
final class SimBytesTest {
  private static final Link LINK = new Link("n1", "n2");

  private final SimTest.Universe universe = new SimTest.Universe(5);

  private void link(Effect effect) {
    universe.link("n1", "n2", new LinkState(null, effect));
  }

  private void pass(int messages) {
    for (long n = 0; n < messages; n++) {
      universe.say(Message.of("pass", "n", n));
      universe.pass(Duration.ofMillis(5));
    }
    universe.pass(Duration.ofMillis(200));
  }

  private long got() {
    return universe.events.stream().filter(e -> e.contains(" got ")).count();
  }

  private Tally tally() {
    return universe.cluster.tally(LINK).join();
  }

  private Probe probe(int bytes) {
    CompletableFuture<Probe> probe = universe.cluster.probe(LINK, bytes, Duration.ofSeconds(1));
    assertThat(universe.world.run(probe, Duration.ofSeconds(2))).isTrue();
    return probe.join();
  }

  @Test
  void aChangedMessageIsLostWithItsConnectionAndNoProbeIsChanged() {
    link(Effect.bytes(0, 0, 30));
    pass(100);
    assertThat(tally().corrupted()).isBetween(15L, 45L);
    assertThat(got()).isLessThanOrEqualTo(100 - tally().corrupted()).isGreaterThan(40);
    assertThat(probe(64).passed()).isTrue();
    link(Effect.NONE);
    long before = got();
    pass(10);
    assertThat(got()).isEqualTo(before + 10);
  }

  @Test
  void aConnectionIsResetAfterSoManyBytesAndTheNextOneCarriesAsMany() {
    link(Effect.bytes(2_000, 0, 0));
    pass(100);
    assertThat(tally().resets()).isBetween(8L, 10L);
    assertThat(got()).isBetween(80L, 92L);
    assertThat(probe(1_999).passed()).isTrue();
    assertThat(probe(2_001).passed()).isFalse();
  }

  @Test
  void piecesTakeTheirTime() {
    link(Effect.bytes(0, 10, 0));
    assertThat(probe(2_000).nanos()).isBetween(199_000_000L, 220_000_000L);
    pass(3);
    assertThat(got()).isEqualTo(3);
    link(Effect.NONE);
    assertThat(probe(2_000).nanos()).isLessThan(20_000_000L);
  }
}
