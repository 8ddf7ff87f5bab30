package dev.faultline.targets.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What requests become, by a server that answers each with the same text, or hangs up. */
class GatewayTest {
  private static final String HANG_UP = "";

  @Test
  void aLostAnswerIsUnknownAndTheRequestWasSentOnce() throws Exception {
    try (Server server = new Server(HANG_UP);
        Gateway gateway = new Gateway(server.address())) {
      assertThatThrownBy(() -> gateway.call("/v3/kv/put", Map.of(), Duration.ofSeconds(5)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Gateway.UnsentException.class)
          .isNotInstanceOf(Gateway.RefusedException.class);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void whereNobodyListensNothingWasSent() throws Exception {
    // Bound and not listening, so that nobody else can listen there meanwhile.
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Gateway gateway = new Gateway((InetSocketAddress) nobody.getLocalSocketAddress())) {
        assertThatThrownBy(() -> gateway.call("/v3/kv/put", Map.of(), Duration.ofSeconds(5)))
            .isInstanceOf(Gateway.UnsentException.class)
            .hasMessageStartingWith(Gateway.NOT_SENT);
      }
    }
  }

  @Test
  void whatTheServerComparedAndFoundDifferentHasFailed() throws Exception {
    assertThat(answer("200 OK", "{\"header\":{}}", "cas", Arrays.asList(1L, 2L)))
        .isEqualTo(new Result.Fail("mismatch"));
    assertThat(answer("200 OK", "{\"succeeded\":true}", "cas", Arrays.asList(null, 2L)))
        .isEqualTo(new Result.Ok(null));
  }

  @Test
  void whatTheServerCallsATimeOutIsUnknown() throws Exception {
    String error = "{\"error\":\"etcdserver: request timed out\",\"code\":14}";
    assertThatThrownBy(() -> answer("503 Service Unavailable", error, "write", 7L))
        .isInstanceOf(Gateway.RefusedException.class)
        .hasToString("etcdserver: request timed out");
    assertThatThrownBy(() -> answer("503 Unavailable", error, "cas", Arrays.asList(1L, 2L)))
        .isInstanceOf(Gateway.RefusedException.class);
  }

  @Test
  void valuesAreWholeNumbersAndAnUnknownKeyIsNull() throws Exception {
    String found = "{\"kvs\":[{\"value\":\"" + Gateway.encode("41") + "\"}],\"count\":\"1\"}";
    assertThat(answer("200 OK", found, "read", null)).isEqualTo(new Result.Ok(41L));
    assertThat(answer("200 OK", "{\"header\":{}}", "read", null)).isEqualTo(new Result.Ok(null));
  }

  /** What an operation on key x1 becomes, when the server answers so. */
  private static Result answer(String status, String body, String f, @Nullable Object value)
      throws Exception {
    String reply =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
    try (Server server = new Server(reply)) {
      Client.Session session = new Registers(new Gateway(server.address()), false);
      try (session) {
        return session.invoke(new Invocation("c1", "e1", f, "x1", value));
      }
    }
  }

  /** Reads requests of one connection after the other, and answers each in the same way. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Server(String reply) throws IOException {
      Thread.ofVirtual().start(() -> serve(reply));
    }

    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void serve(String reply) {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          InputStream in = client.getInputStream();
          byte[] some = new byte[4096];
          // Small requests come in one or two pieces; the first has the head.
          for (int n = in.read(some); n > 0; n = in.read(some)) {
            String text = new String(some, 0, n, StandardCharsets.UTF_8);
            if (text.startsWith("POST")) {
              requests.add(text);
            }
            if (text.endsWith("}")) {
              if (reply.isEmpty()) {
                break;
              }
              client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
            }
          }
        } catch (IOException closed) {
          // By the test's end, or by the client.
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
