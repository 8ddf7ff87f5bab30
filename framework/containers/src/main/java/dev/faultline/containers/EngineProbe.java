package dev.faultline.containers;

import dev.faultline.json.JsonView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the container engine small questions over its socket, without loading Testcontainers, whose
 * search for an engine takes seconds and has no bound.
 */
final class EngineProbe {
  private static final String DEFAULT = "unix:///var/run/docker.sock";
  private static final Duration BOUND = Duration.ofSeconds(3);

  private EngineProbe() {}

  /** What the engine said. */
  record Answer(int status, String body) {}

  /** Where the engine is, as {@code DOCKER_HOST} has it. */
  static String address() {
    String host = System.getenv("DOCKER_HOST");
    return host == null || host.isEmpty() ? DEFAULT : host;
  }

  /** Whether it is on this machine, as far as its address says. */
  static boolean local() {
    return address().startsWith("unix://");
  }

  /**
   * The engine's version.
   *
   * @throws IOException if none answers in time
   */
  static String version() throws IOException {
    Answer answer = get("/version");
    if (answer.status() != 200) {
      throw new IOException("GET /version answers with " + answer.status());
    }
    return JsonView.parse(address(), answer.body()).get("Version").string();
  }

  /** Whether it has an image of that name. */
  static boolean hasImage(String name) throws IOException {
    return get("/images/" + name + "/json").status() == 200;
  }

  /** Whether its default network tells its gateway. */
  static boolean tellsGateway() {
    try {
      Answer answer = get("/networks/bridge");
      return answer.status() == 200 && answer.body().contains("\"Gateway\":\"");
    } catch (IOException e) {
      return false;
    }
  }

  private static Answer get(String path) throws IOException {
    if (!local()) {
      throw new IOException("not a socket on this machine");
    }
    var socket = UnixDomainSocketAddress.of(Path.of(address().substring("unix://".length())));
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      CompletableFuture<String> reply = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              channel.connect(socket);
              reply.complete(exchange(channel, path));
            } catch (IOException e) {
              reply.completeExceptionally(e);
            }
          });
      return parse(reply.get(BOUND.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + BOUND.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String exchange(SocketChannel channel, String path) throws IOException {
    // Version 1.0: the answer is not in chunks, and ends with the connection.
    String request = "GET " + path + " HTTP/1.0\r\nHost: engine\r\n\r\n";
    ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    while (out.hasRemaining()) {
      channel.write(out);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.allocate(8192);
    while (channel.read(in) >= 0) {
      all.write(in.array(), 0, in.position());
      in.clear();
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static Answer parse(String reply) throws IOException {
    int head = reply.indexOf("\r\n\r\n");
    String[] status = reply.split(" ", 3);
    if (head < 0 || status.length < 3 || !status[0].startsWith("HTTP/")) {
      throw new IOException("no HTTP answer");
    }
    return new Answer(Integer.parseInt(status[1]), reply.substring(head + 4));
  }
}
