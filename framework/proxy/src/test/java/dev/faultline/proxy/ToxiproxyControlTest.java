package dev.faultline.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the control makes of servers that fail it, and of what they count. */
final class ToxiproxyControlTest {
  @Test
  void everyCallIsBoundedAlsoWhenTheServerNeverAnswers() throws IOException {
    // Connections are taken by the kernel and never answered.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ToxiproxyControl control =
            new ToxiproxyControl("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(200))) {
      Wire wire = new Wire("p", "a", "b", "127.0.0.1:0", "127.0.0.1:9");
      assertBounded(control::version, "GET /version");
      assertBounded(() -> control.create(wire), "create proxy p");
      assertBounded(control::counters, "GET /metrics");
      assertBounded(() -> control.remove("p", "t"), "DELETE /proxies/p/toxics/t");
    }
  }

  @Test
  void aServerThatIsGoneIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (ToxiproxyControl control = new ToxiproxyControl("127.0.0.1", port)) {
      assertThatThrownBy(control::reset)
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void countersAreReadAsPrometheusWritesThem() {
    String text =
        """
        # HELP toxiproxy_proxy_received_bytes_total\s
        # TYPE toxiproxy_proxy_received_bytes_total counter
        toxiproxy_proxy_received_bytes_total{direction="upstream",listener="127.0.0.1:1",proxy="p",upstream="b:2"} 1.048576e+06
        toxiproxy_proxy_received_bytes_total{direction="upstream",listener="127.0.0.1:3",proxy="p",upstream="b:2"} 4
        toxiproxy_proxy_sent_bytes_total{direction="downstream",listener="127.0.0.1:1",proxy="p",upstream="b\\"}:2"} 7
        go_goroutines 12
        """;
    assertThat(Metrics.parse(text))
        .isEqualTo(
            Map.of("p/upstream", new Counters(1_048_580, 0), "p/downstream", new Counters(0, 7)));
  }

  private static void assertBounded(Runnable call, String what) {
    assertThatThrownBy(call::run)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(what);
  }
}
