package dev.faultline.proxy;

import static dev.faultline.proxy.Peers.assertEnds;
import static dev.faultline.proxy.Peers.assertPasses;
import static dev.faultline.proxy.Peers.assertReceives;
import static dev.faultline.proxy.Peers.assertSilent;
import static dev.faultline.proxy.Peers.millis;
import static dev.faultline.proxy.Peers.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Fault.Mode;
import dev.faultline.spec.Link;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Directions of messages, seen through sockets. Two wires join the same two nodes, one dialled by
 * each: a direction is a stream of both.
 */
@ParameterizedClass
@EnumSource(ServerKind.class)
final class ProxyLinksTest {
  private static final LinkState DROP = new LinkState(Mode.DROP, Effect.NONE);
  private static final LinkState REFUSE = new LinkState(Mode.REFUSE, Effect.NONE);
  private static final LinkState HOLD = new LinkState(Mode.HOLD, Effect.NONE);
  private static final Link A_TO_B = new Link("a", "b");
  private static final Link B_TO_A = new Link("b", "a");

  private final ToxiproxyServers servers;
  private final Peers a = new Peers();
  private final Peers b = new Peers();
  private final ProxyLinks links;

  ProxyLinksTest(ServerKind kind) throws IOException {
    servers = kind.start();
    links =
        new ProxyLinks(
            servers.control(),
            List.of(
                new Wire("a-b", "a", "b", "127.0.0.1:0", b.upstream()),
                new Wire("b-a", "b", "a", "127.0.0.1:0", a.upstream())),
            new Carrier(servers.own(), 7));
    links.open();
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
    servers.close();
  }

  /** What a dialled to b: the client is at a. */
  private Peers.Connection ab() throws IOException {
    return b.connect(links.listen("a", "b"));
  }

  /** What b dialled to a: the client is at b. */
  private Peers.Connection ba() throws IOException {
    return a.connect(links.listen("b", "a"));
  }

  @Test
  void aOneWayCutHoldsOnBothWiresAndTheOtherWayPasses() throws IOException {
    Peers.Connection ab = ab();
    Peers.Connection ba = ba();
    links.set(Map.of(A_TO_B, DROP));
    send(ab.client(), "lost");
    send(ba.server(), "lost");
    assertSilent(ab.server());
    assertSilent(ba.client());
    assertPasses(ab.server(), ab.client(), "from b to a");
    assertPasses(ba.client(), ba.server(), "from b to a");
  }

  @Test
  void healingOneDirectionKeepsTheOther() throws IOException {
    links.set(Map.of(A_TO_B, DROP, B_TO_A, DROP));
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    Peers.Connection ab = ab();
    assertPasses(ab.client(), ab.server(), "heals");
    send(ab.server(), "still cut");
    assertSilent(ab.client());
  }

  @Test
  void setIsAbsoluteAndIdempotent() throws IOException {
    Peers.Connection ab = ab();
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    ab.assertPassesBothWays();
    links.set(Map.of(A_TO_B, DROP));
    links.set(Map.of(A_TO_B, DROP));
    send(ab.client(), "lost");
    assertSilent(ab.server());
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    assertEnds(ab.server());
    ab().assertPassesBothWays();
  }

  @Test
  void holdKeepsBytesAndDeliversThemAfterTheHealInOrder() throws IOException {
    Peers.Connection ab = ab();
    Peers.Connection ba = ba();
    links.set(Map.of(A_TO_B, HOLD));
    for (int i = 0; i < 50; i++) {
      send(ab.client(), "%02d;".formatted(i));
      send(ba.server(), "%02d;".formatted(i));
    }
    assertSilent(ab.server());
    assertSilent(ba.client());
    assertPasses(ab.server(), ab.client(), "passes");
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    String all = numbers(50);
    assertReceives(ab.server(), all);
    assertReceives(ba.client(), all);
    ab.assertPassesBothWays();
    ba.assertPassesBothWays();
  }

  @Test
  void holdHealsInBoundedTimeWhenTheReceiverIsGone() throws IOException {
    Peers.Connection ab = ab();
    links.set(Map.of(A_TO_B, HOLD));
    for (int i = 0; i < 20; i++) {
      send(ab.client(), "%02d;".formatted(i));
      assertPasses(ab.server(), ab.client(), "a chunk of its own next");
    }
    Sockets.resetOnClose(ab.server());
    ab.server().close();
    assertEnds(ab.client());
    // Removing the toxic would take the real server 5 s for each chunk.
    assertThat(millis(() -> links.set(Map.of(A_TO_B, LinkState.CLEAR)))).isLessThan(4_000);
    ab().assertPassesBothWays();
    assertThat(millis(() -> links.set(Map.of(A_TO_B, DROP)))).isLessThan(4_000);
    assertThat(millis(() -> links.set(Map.of(A_TO_B, LinkState.CLEAR)))).isLessThan(4_000);
  }

  @Test
  void whileHeldOtherFaultsComeAndGoWithoutLettingAByteThrough() throws IOException {
    Peers.Connection ab = ab();
    links.set(Map.of(A_TO_B, HOLD));
    send(ab.client(), "held");
    assertSilent(ab.server());
    Effect slow =
        new Effect(Duration.ofMillis(5), Duration.ZERO, 100, false, false, Duration.ofMillis(5));
    links.set(Map.of(A_TO_B, new LinkState(Mode.HOLD, slow), B_TO_A, new LinkState(null, slow)));
    assertSilent(ab.server());
    links.set(Map.of(A_TO_B, HOLD, B_TO_A, LinkState.CLEAR));
    assertSilent(ab.server());
    links.set(Map.of(A_TO_B, new LinkState(null, slow)));
    assertReceives(ab.server(), "held");
    ab.assertPassesBothWays();
  }

  @Test
  void whatWasHeldIsSwallowedWhenTheHoldBecomesADrop() throws IOException {
    Peers.Connection ab = ab();
    links.set(Map.of(A_TO_B, HOLD));
    send(ab.client(), "held ");
    assertSilent(ab.server());
    send(ab.client(), "held");
    assertSilent(ab.server());
    links.set(Map.of(A_TO_B, DROP));
    assertEnds(ab.server());
    Peers.Connection next = ab();
    send(next.client(), "lost");
    assertSilent(next.server());
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    ab().assertPassesBothWays();
  }

  @Test
  void aDropThatBecomesAHoldKeepsFromThenOn() throws IOException {
    links.set(Map.of(A_TO_B, DROP));
    links.set(Map.of(A_TO_B, HOLD));
    Peers.Connection ab = ab();
    send(ab.client(), "held");
    assertSilent(ab.server());
    links.clear();
    assertReceives(ab.server(), "held");
  }

  @Test
  void refuseBothWaysDropsConnectionsAndRefusesNewOnes() throws IOException {
    Peers.Connection ab = ab();
    links.set(Map.of(A_TO_B, REFUSE, B_TO_A, REFUSE));
    assertEnds(ab.client());
    assertEnds(ab.server());
    assertThatThrownBy(this::ab).isInstanceOf(ConnectException.class);
    assertThatThrownBy(this::ba).isInstanceOf(ConnectException.class);
    links.set(Map.of(A_TO_B, DROP));
    assertThatThrownBy(this::ab).isInstanceOf(ConnectException.class);
    // One direction healed, the other refused: only that one is cut.
    links.set(Map.of(A_TO_B, LinkState.CLEAR));
    Peers.Connection next = ab();
    assertPasses(next.client(), next.server(), "healed");
    send(next.server(), "lost");
    assertSilent(next.client());
    links.set(Map.of(B_TO_A, LinkState.CLEAR));
    ab().assertPassesBothWays();
    ba().assertPassesBothWays();
  }

  @Test
  void effectsActOnTheirDirection() throws IOException {
    Effect late = Effect.latency(Duration.ofMillis(150));
    links.set(Map.of(B_TO_A, new LinkState(null, late)));
    Peers.Connection ab = ab();
    Peers.Connection ba = ba();
    assertThat(millis(() -> assertPasses(ab.server(), ab.client(), "x"))).isGreaterThan(140);
    assertThat(millis(() -> assertPasses(ba.client(), ba.server(), "x"))).isGreaterThan(140);
    assertPasses(ab.client(), ab.server(), "x");
    Effect narrow = new Effect(Duration.ZERO, Duration.ZERO, 100, false, false, Duration.ZERO);
    links.set(Map.of(B_TO_A, new LinkState(null, narrow)));
    String text = "0123456789".repeat(2000);
    assertThat(millis(() -> assertPasses(ab.server(), ab.client(), text))).isGreaterThan(180);
    Effect hang = new Effect(Duration.ZERO, Duration.ZERO, 0, false, true, Duration.ZERO);
    links.set(Map.of(B_TO_A, new LinkState(null, hang)));
    send(ab.server(), "lost");
    assertSilent(ab.client());
    links.clear();
    ab().assertPassesBothWays();
  }

  @Test
  void resetAndSlowCloseActOnTheirDirection() throws IOException {
    Effect reset = new Effect(Duration.ZERO, Duration.ZERO, 0, true, false, Duration.ZERO);
    links.set(Map.of(A_TO_B, new LinkState(null, reset)));
    Peers.Connection ab = ab();
    assertPasses(ab.server(), ab.client(), "passes");
    send(ab.client(), "x");
    assertEnds(ab.server());
    assertEnds(ab.client());
    Effect slowClose =
        new Effect(Duration.ZERO, Duration.ZERO, 0, false, false, Duration.ofMillis(300));
    links.set(Map.of(A_TO_B, new LinkState(null, slowClose)));
    Peers.Connection next = ab();
    next.assertPassesBothWays();
    assertThat(
            millis(() -> {
              next.client().close();
              assertEnds(next.server());
            }))
        .isGreaterThan(290);
  }

  @Test
  void aLinkWithoutAWireIsAnErrorAndNothingIsDone() throws IOException {
    Peers.Connection ab = ab();
    assertThatThrownBy(() -> links.set(Map.of(A_TO_B, DROP, new Link("a", "c"), DROP)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("a→c")
        .hasMessageContaining("a→b");
    ab.assertPassesBothWays();
  }

  @Test
  void afterAFailedCallTheNextSetFindsOutWhatTheServerHas() throws IOException {
    links.set(Map.of(A_TO_B, new LinkState(null, Effect.latency(Duration.ofMillis(1)))));
    servers.control().remove("a-b", "latency_upstream");
    assertThatThrownBy(() -> links.set(Map.of(A_TO_B, HOLD)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("toxic not found");
    links.set(Map.of(A_TO_B, HOLD));
    Peers.Connection ab = ab();
    send(ab.client(), "held");
    assertSilent(ab.server());
    links.clear();
    assertReceives(ab.server(), "held");
  }

  @Test
  void countersAreOfADirectionOverAllWires() throws Exception {
    Peers.Connection ab = ab();
    Peers.Connection ba = ba();
    assertPasses(ab.client(), ab.server(), "123");
    assertPasses(ba.server(), ba.client(), "4567");
    assertPasses(ba.client(), ba.server(), "8");
    ab.client().close();
    ba.client().close();
    assertEnds(ab.server());
    assertEnds(ba.server());
    long giveUp = System.nanoTime() + 10_000_000_000L;
    while (!links.counters(A_TO_B).equals(new Counters(7, 7))
        || !links.counters(B_TO_A).equals(new Counters(1, 1))) {
      assertThat(System.nanoTime()).as("%s", links.allCounters()).isLessThan(giveUp);
      Thread.sleep(10);
    }
  }

  @Test
  void closeRemovesItsProxies() {
    assertThat(servers.control().proxies()).containsExactly("a-b", "b-a");
    links.close();
    assertThat(servers.control().proxies()).isEmpty();
    links.close();
  }

  private static String numbers(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("%02d;".formatted(i));
    }
    return text.toString();
  }

  private void effect(Effect effect) {
    links.set(Map.of(A_TO_B, new LinkState(null, effect)));
  }

  @Test
  void piecesTakeTimeAndComeInOrder() throws IOException {
    Peers.Connection ab = ab();
    effect(Effect.bytes(0, 2, 0));
    String text = "0123456789".repeat(10);
    assertThat(millis(() -> assertPasses(ab.client(), ab.server(), text))).isGreaterThan(45);
    links.clear();
    ab.assertPassesBothWays();
  }

  @Test
  void aConnectionEndsAfterSoManyBytesOfItsDirection() throws IOException {
    effect(Effect.bytes(10, 0, 0));
    Peers.Connection ab = ab();
    assertPasses(ab.client(), ab.server(), "12345");
    assertPasses(ab.server(), ab.client(), "what goes back is not counted");
    send(ab.client(), "67890more");
    assertReceives(ab.server(), "67890");
    assertEnds(ab.server());
    // The real server counts no resets; ours does.
    assertThat(links.tally(A_TO_B).resets()).isEqualTo(servers.own() ? 1 : 0);
    links.clear();
    ab().assertPassesBothWays();
  }

  @Test
  void jitterChangesTheLatencyWithinItsBounds() throws IOException {
    Peers.Connection ab = ab();
    effect(
        new Effect(Duration.ofMillis(60), Duration.ofMillis(50), 0, false, false, Duration.ZERO));
    double shortest = Double.MAX_VALUE;
    double longest = 0;
    for (int i = 0; i < 40 && (i < 5 || longest - shortest < 20); i++) {
      double one = millis(() -> assertPasses(ab.client(), ab.server(), "x"));
      shortest = Math.min(shortest, one);
      longest = Math.max(longest, one);
    }
    assertThat(shortest).isGreaterThanOrEqualTo(9.5);
    assertThat(longest - shortest).isGreaterThanOrEqualTo(20);
    links.clear();
    ab.assertPassesBothWays();
  }

  @Test
  void ourOwnProxyChangesBytesAndEndsWhatItChangedWithTheFault() throws IOException {
    if (!servers.own()) {
      return;
    }
    Peers.Connection ab = ab();
    effect(Effect.bytes(0, 0, 100));
    send(ab.client(), "abc");
    byte[] three = ab.server().getInputStream().readNBytes(3);
    assertThat(new String(three, java.nio.charset.StandardCharsets.ISO_8859_1)).isNotEqualTo("abc");
    assertPasses(ab.server(), ab.client(), "the other way is as it was");
    assertThat(links.tally(A_TO_B).corrupted()).isEqualTo(1);
    assertThat(links.tally(B_TO_A).corrupted()).isZero();
    links.clear();
    assertEnds(ab.server());
    ab().assertPassesBothWays();
  }
}
