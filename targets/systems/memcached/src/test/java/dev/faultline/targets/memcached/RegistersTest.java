package dev.faultline.targets.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of a server, and what its answers mean. */
final class RegistersTest {
  /** Answers each request with the next of its answers; commands that store are two lines. */
  private static final class Scripted implements AutoCloseable {
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());

    Scripted(String... answers) throws IOException {
      var unused = Thread.ofVirtual().start(() -> serve(answers));
    }

    private void serve(String... answers) {
      try (Socket client = socket.accept();
          BufferedReader requests =
              new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
        for (String answer : answers) {
          String request = requests.readLine();
          asked.add(request.startsWith("gets") ? request : request + "|" + requests.readLine());
          client
              .getOutputStream()
              .write(answer.replace("|", "\r\n").concat("\r\n").getBytes(US_ASCII));
        }
      } catch (IOException theTestIsOver) {
        // Nothing more is asked.
      }
    }

    InetSocketAddress at() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static Registers of(InetSocketAddress... servers) {
    Map<String, InetSocketAddress> endpoints = new TreeMap<>();
    for (InetSocketAddress server : servers) {
      endpoints.put("m" + (endpoints.size() + 1), server);
    }
    return new Registers(new Client.Context("c1", "m1", endpoints, Map.of(), (n, facts) -> {}));
  }

  private static Result ask(Registers registers, String f, @Nullable Object value)
      throws Exception {
    return registers.invoke(new Invocation("c1", "m1", f, "x", value));
  }

  private static List<@Nullable Long> pair(@Nullable Long expected, long value) {
    return Arrays.asList(expected, value);
  }

  @Test
  void whatIsStoredIsRead() throws Exception {
    try (Scripted server = new Scripted("END", "STORED", "VALUE x 0 2 7|42|END");
        Registers registers = of(server.at())) {
      assertThat(ask(registers, "read", null)).isEqualTo(new Result.Ok(null));
      assertThat(ask(registers, "write", 42L)).isEqualTo(new Result.Ok(null));
      assertThat(ask(registers, "read", null)).isEqualTo(new Result.Ok(42L));
      assertThat(server.asked).containsExactly("gets x", "set x 0 0 2|42", "gets x");
    }
  }

  @Test
  void aCasStoresByTheVersionThatWasRead() throws Exception {
    try (Scripted server =
            new Scripted(
                "END",
                "STORED",
                "VALUE x 0 1 7|5|END",
                "EXISTS",
                "VALUE x 0 1 8|6|END",
                "END",
                "NOT_STORED");
        Registers registers = of(server.at())) {
      Result mismatch = new Result.Fail("mismatch");
      assertThat(ask(registers, "cas", pair(null, 5))).isEqualTo(new Result.Ok(null));
      assertThat(ask(registers, "cas", pair(5L, 9))).isEqualTo(mismatch);
      assertThat(ask(registers, "cas", pair(5L, 9))).isEqualTo(mismatch);
      assertThat(ask(registers, "cas", pair(null, 9))).isEqualTo(mismatch);
      assertThat(server.asked)
          .containsExactly(
              "gets x",
              "add x 0 0 1|5",
              "gets x",
              "cas x 0 0 1 7|9",
              "gets x",
              "gets x",
              "add x 0 0 1|9");
    }
  }

  /** An exception is an unknown outcome. */
  @Test
  void whatAServerSaysBesideIsNoAnswer() throws Exception {
    try (Scripted server = new Scripted("SERVER_ERROR out of memory storing object", "ERROR");
        Registers registers = of(server.at())) {
      assertThatThrownBy(() -> ask(registers, "write", 1L))
          .isInstanceOf(IOException.class)
          .hasMessage("SERVER_ERROR out of memory storing object");
      assertThatThrownBy(() -> ask(registers, "read", null)).hasMessageContaining("ERROR");
      assertThatThrownBy(() -> ask(registers, "read", null))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Client.UndoneException.class);
    }
  }

  @Test
  void aServerThatIsNotThereWasSentNothing() throws Exception {
    InetSocketAddress gone;
    try (Scripted server = new Scripted()) {
      gone = server.at();
    }
    try (Registers registers = of(gone)) {
      assertThatThrownBy(() -> ask(registers, "write", 1L))
          .isInstanceOf(Client.UndoneException.class)
          .hasMessageStartingWith("not sent: ");
    }
  }
}
