package dev.faultline.proxy;

import static dev.faultline.proxy.Peers.assertEnds;
import static dev.faultline.proxy.Peers.assertPasses;
import static dev.faultline.proxy.Peers.assertReceives;
import static dev.faultline.proxy.Peers.assertSilent;
import static dev.faultline.proxy.Peers.millis;
import static dev.faultline.proxy.Peers.readToEnd;
import static dev.faultline.proxy.Peers.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What toxics do to bytes, seen through sockets; the same of both servers. Times have lower bounds
 * only, or bounds so wide that only a hang exceeds them.
 */
@ParameterizedClass
@EnumSource(ServerKind.class)
final class ToxicContractTest {
  private final ToxiproxyServers servers;
  private final ToxiproxyControl control;
  private final Peers peers;
  private final InetSocketAddress proxy;

  ToxicContractTest(ServerKind kind) throws IOException {
    servers = kind.start();
    control = servers.control();
    peers = new Peers();
    proxy = control.create(new Wire("p", "a", "b", "127.0.0.1:0", peers.upstream()));
  }

  @AfterEach
  void stop() {
    peers.close();
    servers.close();
  }

  @Test
  void bytesPassBothWaysAndAnEndEndsTheOtherSide() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    connection.assertPassesBothWays();
    send(connection.client(), "last");
    connection.client().shutdownOutput();
    assertThat(readToEnd(connection.server())).isEqualTo("last");
    // A half-closed connection is closed whole.
    assertEnds(connection.client());
  }

  @Test
  void aMegabytePassesWholeToASlowReader() throws Exception {
    Peers.Connection connection = peers.connect(proxy);
    String text = "0123456789abcdef".repeat(1 << 16);
    Thread sender = Thread.ofVirtual().start(() -> sendAndClose(connection.client(), text));
    assertReceives(connection.server(), text.substring(0, 1000));
    assertSilentlyWaits(sender);
    assertReceives(connection.server(), text.substring(1000));
    assertEnds(connection.server());
    sender.join();
  }

  @Test
  void withoutAnUpstreamTheClientSeesAnEnd() throws IOException {
    peers.close();
    assertEnds(peers.dial(proxy));
  }

  @Test
  void latencyDelaysItsStreamOnly() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    add("latency", Stream.UPSTREAM, Map.of("latency", 150L));
    assertThat(millis(() -> assertPasses(connection.client(), connection.server(), "up")))
        .isGreaterThan(140);
    add("latency", Stream.DOWNSTREAM, Map.of("latency", 300L));
    assertThat(millis(() -> assertPasses(connection.server(), connection.client(), "down")))
        .isGreaterThan(290);
    control.remove("p", "latency_upstream");
    control.remove("p", "latency_downstream");
    connection.assertPassesBothWays();
  }

  @Test
  void jitterMovesLatencyWithinItsBounds() throws IOException {
    add("latency", Stream.UPSTREAM, Map.of("latency", 100L, "jitter", 50L));
    Peers.Connection connection = peers.connect(proxy);
    for (int i = 0; i < 5; i++) {
      assertThat(millis(() -> assertPasses(connection.client(), connection.server(), "x")))
          .isGreaterThan(45);
    }
  }

  @Test
  void removingLatencyFlushesWhatItHolds() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    add("latency", Stream.UPSTREAM, Map.of("latency", 3_600_000L));
    send(connection.client(), "one ");
    assertSilent(connection.server());
    send(connection.client(), "two");
    assertSilent(connection.server());
    control.remove("p", "latency_upstream");
    assertReceives(connection.server(), "one two");
    connection.assertPassesBothWays();
  }

  @Test
  void whatAToxicHeldGoesThroughThoseBehindIt() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    add("latency", Stream.UPSTREAM, Map.of("latency", 3_600_000L));
    add("slow_close", Stream.UPSTREAM, Map.of("delay", 1L));
    send(connection.client(), "held");
    assertSilent(connection.server());
    control.remove("p", "latency_upstream");
    assertReceives(connection.server(), "held");
    add("timeout", Stream.DOWNSTREAM, Map.of("timeout", 0L));
    add("slow_close", Stream.DOWNSTREAM, Map.of("delay", 1L));
    control.remove("p", "timeout_downstream");
    assertEnds(connection.client());
  }

  @Test
  void loweringLatencyFlushesWhatItHoldsAndThenTheEnd() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    add("latency", Stream.UPSTREAM, Map.of("latency", 3_600_000L, "jitter", 0L));
    send(connection.client(), "one ");
    assertSilent(connection.server());
    send(connection.client(), "two");
    assertSilent(connection.server());
    connection.client().close();
    control.update("p", spec("latency", Stream.UPSTREAM, Map.of("latency", 0L)));
    assertThat(readToEnd(connection.server())).isEqualTo("one two");
  }

  @Test
  void bandwidthLimitsTheRate() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    add("bandwidth", Stream.DOWNSTREAM, Map.of("rate", 100L));
    String text = "0123456789".repeat(3000);
    assertThat(millis(() -> assertPasses(connection.server(), connection.client(), text)))
        .isGreaterThan(270);
    // More bytes than the socket buffers take would wait here for the upstream, too.
    assertPasses(connection.client(), connection.server(), text);
    control.remove("p", "bandwidth_downstream");
    assertPasses(connection.server(), connection.client(), text);
  }

  @Test
  void bandwidthOfNothingPassesNothing() throws IOException {
    add("bandwidth", Stream.UPSTREAM, Map.of("rate", 0L));
    Peers.Connection connection = peers.connect(proxy);
    send(connection.client(), "stuck");
    assertSilent(connection.server());
    assertPasses(connection.server(), connection.client(), "free");
  }

  @Test
  void slowCloseDelaysTheEndOnly() throws IOException {
    add("slow_close", Stream.UPSTREAM, Map.of("delay", 300L));
    Peers.Connection connection = peers.connect(proxy);
    connection.assertPassesBothWays();
    assertThat(
            millis(() -> {
              connection.client().close();
              assertEnds(connection.server());
            }))
        .isGreaterThan(290);
  }

  @Test
  void removingSlowCloseLetsTheEndThrough() throws IOException {
    add("slow_close", Stream.DOWNSTREAM, Map.of("delay", 3_600_000L));
    Peers.Connection connection = peers.connect(proxy);
    connection.server().close();
    assertSilent(connection.client());
    control.remove("p", "slow_close_downstream");
    assertEnds(connection.client());
  }

  @Test
  void timeoutZeroSwallowsItsStreamUntilItsRemovalCloses() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    add("timeout", Stream.UPSTREAM, Map.of("timeout", 0L));
    send(connection.client(), "lost");
    assertSilent(connection.server());
    assertPasses(connection.server(), connection.client(), "passes");
    control.remove("p", "timeout_upstream");
    assertEnds(connection.server());
    assertEnds(connection.client());
    peers.connect(proxy).assertPassesBothWays();
  }

  @Test
  void timeoutClosesAfterItsTime() throws IOException {
    add("timeout", Stream.DOWNSTREAM, Map.of("timeout", 250L));
    assertThat(millis(() -> assertEnds(peers.connect(proxy).client()))).isGreaterThan(240);
  }

  @Test
  void resetPeerResetsOnTheFirstData() throws IOException {
    add("reset_peer", Stream.UPSTREAM, Map.of("timeout", 0L));
    Peers.Connection connection = peers.connect(proxy);
    assertSilent(connection.client());
    send(connection.client(), "x");
    assertThatThrownBy(() -> connection.server().getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThatThrownBy(() -> connection.client().getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void resetPeerEndsAnOlderConnectionOnItsNextData() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    connection.assertPassesBothWays();
    add("reset_peer", Stream.DOWNSTREAM, Map.of("timeout", 100L));
    send(connection.server(), "x");
    assertThat(millis(() -> assertEnds(connection.client()))).isGreaterThan(90);
  }

  @Test
  void slicerCutsAndLosesNothing() throws IOException {
    Map<String, Long> attributes =
        Map.of("average_size", 10L, "size_variation", 4L, "delay", 10_000L);
    add("slicer", Stream.UPSTREAM, attributes);
    Peers.Connection connection = peers.connect(proxy);
    String text = "0123456789".repeat(20);
    // At least 200 / 14 slices with 10 ms after each but the last.
    assertThat(millis(() -> assertPasses(connection.client(), connection.server(), text)))
        .isGreaterThan(120);
    control.remove("p", "slicer_upstream");
    connection.assertPassesBothWays();
  }

  @Test
  void limitDataEndsAfterItsBytes() throws IOException {
    add("limit_data", Stream.UPSTREAM, Map.of("bytes", 6L));
    Peers.Connection connection = peers.connect(proxy);
    assertPasses(connection.client(), connection.server(), "1234");
    send(connection.client(), "5678");
    assertThat(readToEnd(connection.server())).isEqualTo("56");
    assertEnds(connection.client());
  }

  @Test
  void toxicityZeroSparesAndOneHits() throws IOException {
    control.add("p", new ToxicSpec("t", "timeout", Stream.UPSTREAM, 0.0, Map.of("timeout", 0L)));
    Peers.Connection connection = peers.connect(proxy);
    connection.assertPassesBothWays();
    control.update("p", new ToxicSpec("t", "timeout", Stream.UPSTREAM, 1.0, Map.of()));
    send(connection.client(), "lost");
    assertSilent(connection.server());
  }

  @Test
  void toxicityIsDrawnOncePerConnection() throws IOException {
    control.add("p", new ToxicSpec("l", "limit_data", Stream.UPSTREAM, 0.5, Map.of("bytes", 1L)));
    int hit = 0;
    for (int i = 0; i < 60; i++) {
      Peers.Connection connection = peers.connect(proxy);
      send(connection.client(), "12");
      connection.client().shutdownOutput();
      hit += readToEnd(connection.server()).equals("1") ? 1 : 0;
    }
    // Outside of this once in a hundred million for a fair coin.
    assertThat(hit).isBetween(8, 52);
  }

  @Test
  void toxicsChainInTheOrderTheyWereAdded() throws IOException {
    control.add("p", new ToxicSpec("a", "latency", Stream.UPSTREAM, 1.0, Map.of("latency", 100L)));
    control.add("p", new ToxicSpec("b", "limit_data", Stream.UPSTREAM, 1.0, Map.of("bytes", 3L)));
    Peers.Connection connection = peers.connect(proxy);
    assertThat(
            millis(() -> {
              send(connection.client(), "12345");
              assertThat(readToEnd(connection.server())).isEqualTo("123");
            }))
        .isGreaterThan(90);
  }

  @Test
  void disablingDropsAndRefusesAndEnablingKeepsThePort() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    connection.assertPassesBothWays();
    control.disable("p");
    assertEnds(connection.client());
    assertEnds(connection.server());
    assertThatThrownBy(() -> peers.dial(proxy)).isInstanceOf(ConnectException.class);
    control.enable("p");
    peers.connect(proxy).assertPassesBothWays();
  }

  @Test
  void aProxyThatIsDeletedRefuses() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    control.delete("p");
    assertEnds(connection.client());
    assertThatThrownBy(() -> peers.dial(proxy)).isInstanceOf(ConnectException.class);
  }

  @Test
  void countersCountAConnectionAtTheLatestWhenItHasEnded() throws Exception {
    Peers.Connection connection = peers.connect(proxy);
    send(connection.client(), "12345");
    assertReceives(connection.server(), "12345");
    assertPasses(connection.server(), connection.client(), "123");
    connection.client().close();
    assertEnds(connection.server());
    connection.server().close();
    long giveUp = System.nanoTime() + 10_000_000_000L;
    while (control.counters().size() < 2 || !counter("p/downstream").equals(new Counters(3, 3))) {
      assertThat(System.nanoTime()).as("%s", control.counters()).isLessThan(giveUp);
      Thread.sleep(10);
    }
    assertThat(counter("p/upstream")).isEqualTo(new Counters(5, 5));
  }

  private Counters counter(String key) {
    return control.counters().getOrDefault(key, Counters.NONE);
  }

  private void add(String type, Stream stream, Map<String, Long> attributes) {
    control.add("p", spec(type, stream, attributes));
  }

  private static ToxicSpec spec(String type, Stream stream, Map<String, Long> attributes) {
    return ToxicSpec.of(type, stream, attributes);
  }

  private static void sendAndClose(Socket socket, String text) {
    try {
      send(socket, text);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It is stuck in its send, or done with it, but has not failed. */
  private static void assertSilentlyWaits(Thread sender) throws InterruptedException {
    boolean ended = sender.join(java.time.Duration.ofMillis(100));
    assertThat(ended || sender.isAlive()).isTrue();
  }
}
