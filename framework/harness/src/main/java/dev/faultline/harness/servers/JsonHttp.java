package dev.faultline.harness.servers;

import dev.faultline.harness.Client;
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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One server that speaks JSON over HTTP. Each request is sent once, since the JDK's client repeats
 * no POST; what was certainly not sent is told apart from what may have been.
 */
public class JsonHttp implements AutoCloseable {
  /** How the message of an {@link UnsentException} begins, to be declared as definite. */
  public static final String NOT_SENT = "not sent: ";

  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final String system;
  private final URI base;
  private final HttpClient http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param system what it is called in errors
   */
  public JsonHttp(String system, InetSocketAddress server) {
    this.system = system;
    base = URI.create("http://" + server.getHostString() + ":" + server.getPort());
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();
  }

  /** Certainly not sent: no connection came about. */
  public static final class UnsentException extends Client.UndoneException {
    private static final long serialVersionUID = 1L;

    UnsentException(IOException cause) {
      super(NOT_SENT + cause.getMessage());
      initCause(cause);
    }
  }

  /** The server answered with an error; whether it acted is not known. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }

    /** In the server's own words, since this becomes an operation's outcome. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Sees that the server's process answers.
   *
   * @param path what to get: nothing that touches data or asks other servers
   * @throws IOException if it does not within a second
   */
  public final void greet(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(CONNECT).GET().build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("GET " + path + " answers with " + status);
    }
  }

  /**
   * Posts a request.
   *
   * @param within longest time to wait; being interrupted ends the wait as well
   * @throws UnsentException if no connection could be made
   * @throws RefusedException if the server answers with an error
   * @throws IOException if the outcome is unknown
   */
  public final JsonView call(String path, Map<String, @Nullable Object> body, Duration within)
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
      JsonView answer = JsonView.parse(system + path, response.body());
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

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
