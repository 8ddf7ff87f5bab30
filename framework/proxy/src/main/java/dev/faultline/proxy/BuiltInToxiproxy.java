package dev.faultline.proxy;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Toxiproxy server in this JVM: TCP proxies on virtual threads with blocking sockets, and the
 * HTTP API of Toxiproxy 2.12 with its seven toxics. One contract test holds for both servers. It
 * differs from the real one where that one is at odds with its purpose:
 *
 * <ul>
 *   <li>Randomness (jitter, toxicity, slices) is a function of the seed, the names, and the number
 *       of the connection; the real server's seed has no effect.
 *   <li>Counters count bytes as they pass; the real server's, when a connection ends.
 *   <li>Changing toxics never waits for a slow or dead receiver.
 *   <li>{@code reset_peer} resets also connections that are older than the toxic.
 *   <li>Changing a latency leaves what is held to the new latency; the real server lets one chunk
 *       through.
 * </ul>
 */
public final class BuiltInToxiproxy implements AutoCloseable {
  private static final String HOST = "localhost";
  private static final int PORT = 8474;

  private final HttpServer http;
  private final ExecutorService executor;
  private final ProxyCollection proxies;

  private BuiltInToxiproxy(HttpServer http, ExecutorService executor, ProxyCollection proxies) {
    this.http = http;
    this.executor = executor;
    this.proxies = proxies;
  }

  /** Starts a server whose randomness has the seed 0; port 0 for any free one. */
  public static BuiltInToxiproxy start(String host, int port) {
    return start(host, port, 0);
  }

  /**
   * Starts a server; port 0 for any free one.
   *
   * @throws EnvironmentException if it cannot listen there
   */
  public static BuiltInToxiproxy start(String host, int port, long seed) {
    Traffic traffic = new Traffic();
    ProxyCollection proxies = new ProxyCollection(traffic, seed);
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
      http.setExecutor(executor);
      http.createContext("/", new Api(proxies, traffic));
      http.start();
      return new BuiltInToxiproxy(http, executor, proxies);
    } catch (IOException e) {
      executor.shutdownNow();
      throw new EnvironmentException(
          "built-in proxy: its API cannot listen on %s:%d: %s; use another port, or 0 for any"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  /** Where its API listens. */
  public InetSocketAddress api() {
    return http.getAddress();
  }

  /** Ends the server with all its proxies. */
  @Override
  public void close() {
    http.stop(0);
    executor.shutdownNow();
    proxies.stop();
  }

  /**
   * Serves until the process is killed. Takes the arguments of the real server: {@code -host} (by
   * default localhost), {@code -port} (8474) and {@code -seed}, which works here; {@code
   * -proxy-metrics} is always on.
   */
  public static void main(String[] args) throws InterruptedException {
    BuiltInToxiproxy server;
    try {
      server = start(args);
    } catch (EnvironmentException | IllegalArgumentException | NoSuchElementException e) {
      System.err.println(e.getMessage() + "; usage: [-host HOST] [-port PORT] [-seed NUMBER]");
      System.exit(3);
      return;
    }
    System.out.println("Faultline's built-in Toxiproxy listens on " + server.api());
    new CountDownLatch(1).await();
  }

  private static BuiltInToxiproxy start(String[] args) {
    String host = HOST;
    int port = PORT;
    long seed = 0;
    Iterator<String> words =
        Arrays.stream(args).flatMap(arg -> Arrays.stream(arg.split("=", 2))).iterator();
    while (words.hasNext()) {
      String option = words.next();
      switch (option.replaceFirst("^--?", "")) {
        case "host" -> host = words.next();
        case "port" -> port = Integer.parseInt(words.next());
        case "seed" -> seed = Long.parseLong(words.next());
        case "proxy-metrics" -> {}
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return start(host, port, seed);
  }
}
