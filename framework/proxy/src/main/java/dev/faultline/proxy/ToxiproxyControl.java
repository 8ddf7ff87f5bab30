package dev.faultline.proxy;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Drives one Toxiproxy server, real or built in. Proxies are made and switched by the Java client
 * {@code toxiproxy-java}, which has no timeouts: every call here is bounded by {@link #BOUND}.
 * Toxics are sent by this class, because the client sets their fields in one request each and a
 * half-set toxic is live. Any thread may call. Every failure is an {@link EnvironmentException}
 * that names server and request; after one, whether the request took effect is not known.
 */
public final class ToxiproxyControl implements AutoCloseable {
  /** Longest that any call takes. The server itself gives up on a request after 25 s. */
  static final Duration BOUND = Duration.ofSeconds(10);

  // Linux hands out ports from 32768 up, others from 49152.
  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int PORT_ATTEMPTS = 50;

  private final Duration bound;
  private final String base;
  private final ToxiproxyClient client;
  private final HttpClient http;
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  /** Connects to nothing yet. */
  public ToxiproxyControl(String host, int port) {
    this(host, port, BOUND);
  }

  ToxiproxyControl(String host, int port, Duration bound) {
    this.bound = bound;
    String urlHost = host.indexOf(':') < 0 ? host : "[" + host + "]";
    base = "http://" + urlHost + ":" + port;
    client = new ToxiproxyClient(urlHost, port);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(bound)
            .executor(callers)
            .build();
  }

  /** The server's version, such as {@code 2.12.0}. */
  public String version() {
    return bounded(
        "GET /version",
        () -> JsonView.parse(base + "/version", client.version()).get("version").string());
  }

  /**
   * Makes a wire's proxy, enabled and without toxics. Any port means one below the range from which
   * systems take the ports of outgoing connections: while a proxy is disabled, such a connection
   * could take its port, and it could not be enabled again.
   *
   * @return where it listens, unresolved as the server names it
   */
  public InetSocketAddress create(Wire wire) {
    InetSocketAddress asked = Addresses.parse("wire " + wire.name(), wire.listen());
    if (asked.getPort() != 0) {
      return create(wire, wire.listen());
    }
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try {
        return create(wire, wire.listen().replaceFirst(":0+$", ":" + port));
      } catch (EnvironmentException e) {
        if (attempt == PORT_ATTEMPTS || !e.toString().contains("address already in use")) {
          throw e;
        }
      }
    }
  }

  private InetSocketAddress create(Wire wire, String listen) {
    String real =
        bounded(
            "create proxy " + wire.name(),
            () -> client.createProxy(wire.name(), listen, wire.upstream()).getListen());
    return Addresses.parse(base + ", proxy " + wire.name(), real);
  }

  /** The names of all proxies. */
  public List<String> proxies() {
    return bounded(
        "GET /proxies", () -> client.getProxies().stream().map(Proxy::getName).sorted().toList());
  }

  /** Lets it accept connections again, at the same address; no effect if it does. */
  public void enable(String proxy) {
    run("enable proxy " + proxy, () -> client.getProxy(proxy).enable());
  }

  /** Closes its connections and refuses new ones. */
  public void disable(String proxy) {
    run("disable proxy " + proxy, () -> client.getProxy(proxy).disable());
  }

  /** Removes a proxy and its connections. */
  public void delete(String proxy) {
    run("delete proxy " + proxy, () -> client.getProxy(proxy).delete());
  }

  /** Enables all proxies and removes all toxics. */
  public void reset() {
    run("POST /reset", client::reset);
  }

  /**
   * Bytes by proxy and stream; keys are {@code proxy/upstream} and {@code proxy/downstream}. What
   * had no traffic yet is absent. See {@link Counters} for when a server counts.
   */
  public Map<String, Counters> counters() {
    return Metrics.parse(call("GET", "/metrics", "", 200));
  }

  /** What the built-in server's toxics did to frames, by keys as above; empty of the real one. */
  Map<String, Cluster.Tally> tallies() {
    return Metrics.tallies(call("GET", "/metrics", "", 200));
  }

  /** Adds a toxic, complete, in one request. */
  void add(String proxy, ToxicSpec toxic) {
    call("POST", "/proxies/" + proxy + "/toxics", Json.write(toxic.json()), 200);
  }

  /** Sets attributes of a toxic and its toxicity, in one request. */
  void update(String proxy, ToxicSpec toxic) {
    Map<String, Object> body =
        Map.of("attributes", toxic.attributes(), "toxicity", toxic.toxicity());
    // PATCH exists since 2.6; POST means the same in every version.
    call("POST", "/proxies/" + proxy + "/toxics/" + toxic.name(), Json.write(body), 200);
  }

  /** Removes a toxic. */
  void remove(String proxy, String toxic) {
    call("DELETE", "/proxies/" + proxy + "/toxics/" + toxic, "", 204);
  }

  /** What the server knows of a proxy. */
  ProxyState state(String proxy) {
    String path = "/proxies/" + proxy;
    try {
      JsonView view = JsonView.parse(base + path, call("GET", path, "", 200));
      List<ToxicSpec> toxics = new ArrayList<>();
      for (JsonView toxic : view.get("toxics").list()) {
        Map<String, Long> attributes = new LinkedHashMap<>();
        JsonView given = toxic.get("attributes");
        given.map().keySet().forEach(k -> attributes.put(k, given.get(k).integer()));
        Stream stream = Stream.parse(toxic.get("stream").string());
        if (stream == null) {
          throw toxic.error("no such stream");
        }
        toxics.add(
            new ToxicSpec(
                toxic.get("name").string(),
                toxic.get("type").string(),
                stream,
                toxic.get("toxicity").number(),
                attributes));
      }
      return new ProxyState(view.get("enabled").bool(), List.copyOf(toxics));
    } catch (JsonException e) {
      throw new EnvironmentException(
          "%s answers what Toxiproxy never would: %s".formatted(base, e.getMessage()), e);
    }
  }

  /** A proxy as the server has it. */
  record ProxyState(boolean enabled, List<ToxicSpec> toxics) {}

  /** Gives the connections to the server up; the proxies stay as they are. */
  @Override
  public void close() {
    http.shutdownNow();
    callers.shutdownNow();
  }

  @Override
  public String toString() {
    return base;
  }

  private String call(String method, String path, String body, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(bound)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return bounded(
        method + " " + path,
        () -> {
          HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
          if (response.statusCode() != expected) {
            throw new IOException("[%d] %s".formatted(response.statusCode(), response.body()));
          }
          return response.body();
        });
  }

  private void run(String what, Call call) {
    bounded(
        what,
        () -> {
          call.run();
          return "";
        });
  }

  /** Runs on a virtual thread, whose interrupt closes the socket it waits for. */
  private <T> T bounded(String what, Callable<T> call) {
    Future<T> running;
    try {
      running = callers.submit(call);
    } catch (RejectedExecutionException e) {
      throw failed(what, "this control was closed", e);
    }
    try {
      return running.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failed(what, String.valueOf(cause.getMessage()).strip(), cause);
    } catch (TimeoutException e) {
      running.cancel(true);
      throw failed(what, "no answer within " + bound.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw failed(what, "interrupted", e);
    }
  }

  private EnvironmentException failed(String what, String why, Throwable cause) {
    return new EnvironmentException(
        "toxiproxy %s: %s: %s; see whether that server still runs".formatted(base, what, why),
        cause);
  }

  /** A call of the client. */
  private interface Call {
    void run() throws IOException;
  }
}
