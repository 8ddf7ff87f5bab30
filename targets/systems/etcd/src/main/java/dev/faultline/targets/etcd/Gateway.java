package dev.faultline.targets.etcd;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One server's JSON gateway over one connection. Why not jetcd: gRPC's channel waits for a
 * connection and backs off for up to two minutes, so that a caller can neither tell a request that
 * was never sent from one whose answer was lost, nor see a healed link soon; and it would bring 44
 * jars into each client host. Here each request is sent once: the JDK's client repeats no POST, and
 * the gateway is a part of the server itself.
 */
final class Gateway implements AutoCloseable {
  /** How the message of an {@link UnsentException} begins. */
  static final String NOT_SENT = "not sent: ";

  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final URI base;
  private final HttpClient http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Gateway(InetSocketAddress server) {
    base = URI.create("http://" + server.getHostString() + ":" + server.getPort());
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();
  }

  /** Certainly not sent. */
  static final class UnsentException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsentException(IOException cause) {
      super(NOT_SENT + cause.getMessage(), cause);
    }
  }

  /** The server answered with an error; whether it acted is not known. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Sees that the server's process answers, without touching data or asking other servers.
   *
   * @throws IOException if it does not within a second
   */
  void greet() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/version")).timeout(CONNECT).GET().build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("GET /version answers with " + status);
    }
  }

  /**
   * Calls a method of the API.
   *
   * @param within longest time to wait; being interrupted ends the wait as well
   * @throws UnsentException if no connection could be made
   * @throws RefusedException if the server answers with an error
   * @throws IOException if the outcome is unknown
   */
  JsonView call(String path, Map<String, @Nullable Object> body, Duration within)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(within)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build();
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new UnsentException(e);
    }
    try {
      JsonView answer = JsonView.parse("etcd" + path, response.body());
      if (response.statusCode() != 200) {
        JsonView error = answer.find("error");
        throw new RefusedException(
            error == null ? "status " + response.statusCode() : error.string());
      }
      return answer;
    } catch (JsonException e) {
      throw new IOException("status " + response.statusCode() + ": " + e.getMessage(), e);
    }
  }

  /** Bytes as the gateway writes them. */
  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
