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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the built-in server promises more than the real one. */
final class BuiltInToxiproxyTest {
  private final Peers peers = new Peers();
  private final ToxiproxyServers servers = ToxiproxyServers.builtIn(7);
  private final ToxiproxyControl control = servers.control();
  private final InetSocketAddress proxy =
      control.create(new Wire("p", "a", "b", "127.0.0.1:0", peers.upstream()));

  BuiltInToxiproxyTest() throws IOException {}

  @AfterEach
  void stop() {
    peers.close();
    servers.close();
  }

  @Test
  void fiveHundredConnectionsPassAreHeldAndAreDropped() throws IOException {
    List<Peers.Connection> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(peers.connect(proxy));
    }
    for (Peers.Connection connection : all) {
      connection.assertPassesBothWays();
    }
    control.add("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of("latency", 3_600_000L)));
    for (Peers.Connection connection : all) {
      send(connection.client(), "held");
      assertPasses(connection.server(), connection.client(), "passes");
    }
    assertSilent(all.getFirst().server());
    control.remove("p", "latency_upstream");
    for (Peers.Connection connection : all) {
      assertReceives(connection.server(), "held");
    }
    control.disable("p");
    for (Peers.Connection connection : all) {
      assertEnds(connection.client());
      assertEnds(connection.server());
    }
    control.enable("p");
    peers.connect(proxy).assertPassesBothWays();
  }

  @Test
  void toxicsChangeWhileAReceiverDoesNotRead() throws Exception {
    Peers.Connection connection = peers.connect(proxy);
    String text = "0123456789abcdef".repeat(1 << 20);
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                send(connection.client(), text);
                connection.client().shutdownOutput();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertReceives(connection.server(), text.substring(0, 1000));
    for (String type : List.of("latency", "bandwidth", "slow_close", "slicer")) {
      Map<String, Long> attributes = Map.of("rate", 1_000_000L, "average_size", 100_000L);
      control.add("p", ToxicSpec.of(type, Stream.UPSTREAM, attributes));
    }
    control.remove("p", "slicer_upstream");
    control.update("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of("latency", 1L)));
    control.reset();
    assertReceives(connection.server(), text.substring(1000));
    assertEnds(connection.server());
    sender.join();
  }

  @Test
  void resetPeerResetsAnOlderConnection() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    connection.assertPassesBothWays();
    control.add("p", ToxicSpec.of("reset_peer", Stream.UPSTREAM, Map.of("timeout", 0L)));
    send(connection.client(), "x");
    assertThatThrownBy(() -> connection.server().getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void removingALatencyDoesNotWaitForAReceiverThatIsGone() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    control.add("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of("latency", 3_600_000L)));
    for (int i = 0; i < 20; i++) {
      send(connection.client(), "held");
      assertPasses(connection.server(), connection.client(), "next");
    }
    Sockets.resetOnClose(connection.server());
    connection.server().close();
    assertEnds(connection.client());
    assertThat(millis(() -> control.remove("p", "latency_upstream"))).isLessThan(4_000);
  }

  @Test
  void bytesAreCountedAsTheyPass() throws IOException {
    Peers.Connection connection = peers.connect(proxy);
    assertPasses(connection.client(), connection.server(), "12345");
    control.add("p", ToxicSpec.of("timeout", Stream.UPSTREAM, Map.of()));
    send(connection.client(), "123");
    long giveUp = System.nanoTime() + 10_000_000_000L;
    Counters wanted = new Counters(8, 5);
    while (!control.counters().getOrDefault("p/upstream", Counters.NONE).equals(wanted)) {
      assertThat(System.nanoTime()).as("%s", control.counters()).isLessThan(giveUp);
    }
  }

  @Test
  void theSameSeedSparesTheSameConnections() throws IOException {
    assertThat(spared(11)).isEqualTo(spared(11)).isNotEqualTo(spared(12));
  }

  private static List<Boolean> spared(long seed) throws IOException {
    try (Peers peers = new Peers();
        ToxiproxyServers servers = ToxiproxyServers.builtIn(seed)) {
      InetSocketAddress proxy =
          servers.control().create(new Wire("p", "a", "b", "127.0.0.1:0", peers.upstream()));
      servers
          .control()
          .add("p", new ToxicSpec("l", "limit_data", Stream.UPSTREAM, 0.5, Map.of("bytes", 0L)));
      List<Boolean> spared = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Peers.Connection connection = peers.connect(proxy);
        send(connection.client(), "x");
        connection.client().shutdownOutput();
        spared.add(Peers.readToEnd(connection.server()).equals("x"));
      }
      return spared;
    }
  }

  @Test
  void aTakenPortIsToldWithTheRemedy() {
    int port = Integer.parseInt(control.toString().replaceFirst(".*:", ""));
    assertThatThrownBy(() -> BuiltInToxiproxy.start("127.0.0.1", port))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("0 for any");
  }
}
