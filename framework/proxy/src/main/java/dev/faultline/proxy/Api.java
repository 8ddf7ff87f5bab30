package dev.faultline.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of Toxiproxy 2.12 ({@code api.go}): same paths, methods, status codes and bodies.
 * The text after {@code bad request body:} is our JSON reader's, not Go's.
 */
final class Api implements HttpHandler {
  /** The version whose API this is; the suffix tells the two servers apart. */
  static final String VERSION = "2.12.0+faultline";

  private static final int LARGEST_BODY = 16 << 20;
  private static final String JSON = "application/json";
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final Reply NOTHING = new Reply(204, JSON, "");

  private final ProxyCollection proxies;
  private final Traffic traffic;

  Api(ProxyCollection proxies, Traffic traffic) {
    this.proxies = proxies;
    this.traffic = traffic;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = answer(exchange);
      } catch (ApiException e) {
        reply = new Reply(e.status(), PLAIN, Json.write(error(e)) + "\n");
      } catch (RuntimeException e) {
        reply =
            new Reply(500, PLAIN, Json.write(error(new ApiException(500, e.toString()))) + "\n");
      }
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    if (agent != null && agent.startsWith("Mozilla/")) {
      return new Reply(403, PLAIN, "User agent not allowed\n");
    }
    String method = exchange.getRequestMethod();
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
    String route =
        switch (path.length) {
          case 1 -> path[0];
          case 2 -> path[0] + "/*";
          case 3 -> path[0] + "/*/" + path[2];
          case 4 -> path[0] + "/*/" + path[2] + "/*";
          default -> "";
        };
    return switch (route) {
      case "version" ->
          method.equals("GET")
              ? new Reply(200, JSON + ";charset=utf-8", "{\"version\": \"" + VERSION + "\"}\n")
              : notAllowed();
      case "metrics" ->
          method.equals("GET")
              ? new Reply(200, "text/plain; version=0.0.4; charset=utf-8", traffic.text())
              : notAllowed();
      case "reset" -> {
        if (!method.equals("POST")) {
          yield notAllowed();
        }
        proxies.reset();
        yield NOTHING;
      }
      case "populate" -> method.equals("POST") ? populate(exchange) : notAllowed();
      case "proxies" ->
          switch (method) {
            case "GET" -> {
              Map<String, Object> all = new LinkedHashMap<>();
              proxies.all().forEach((name, proxy) -> all.put(name, proxy.json()));
              yield new Reply(200, JSON, Json.write(all));
            }
            case "POST" -> new Reply(201, JSON, Json.write(proxies.create(body(exchange)).json()));
            default -> notAllowed();
          };
      case "proxies/*" -> proxy(exchange, method, path[1]);
      case "proxies/*/toxics" ->
          switch (method) {
            case "GET" -> new Reply(200, JSON, Json.write(proxies.get(path[1]).toxicsJson()));
            case "POST" -> {
              BuiltInProxy proxy = proxies.get(path[1]);
              ToxicSpec toxic = ToxicJson.read(body(exchange));
              proxy.add(toxic);
              yield new Reply(200, JSON, Json.write(toxic.json()));
            }
            default -> notAllowed();
          };
      case "proxies/*/toxics/*" -> toxic(exchange, method, proxies.get(path[1]), path[3]);
      default -> new Reply(404, PLAIN, "404 page not found\n");
    };
  }

  private Reply proxy(HttpExchange exchange, String method, String name) throws IOException {
    switch (method) {
      case "GET" -> {}
      case "POST", "PATCH" -> {
        BuiltInProxy proxy = proxies.get(name);
        BuiltInProxy.Settings now = proxy.settings();
        JsonView body = body(exchange);
        try {
          JsonView enabled = body.find("enabled");
          proxy.update(
              ToxicJson.text(body, "listen", now.listen()),
              ToxicJson.text(body, "upstream", now.upstream()),
              enabled == null ? now.enabled() : enabled.bool());
        } catch (JsonException e) {
          throw ApiException.badBody(String.valueOf(e.getMessage()));
        }
      }
      case "DELETE" -> {
        proxies.remove(name);
        return NOTHING;
      }
      default -> {
        return notAllowed();
      }
    }
    return new Reply(200, JSON, Json.write(proxies.get(name).json()));
  }

  private static Reply toxic(HttpExchange exchange, String method, BuiltInProxy proxy, String toxic)
      throws IOException {
    return switch (method) {
      case "GET" -> new Reply(200, JSON, Json.write(proxy.toxic(toxic).json()));
      case "POST", "PATCH" ->
          new Reply(200, JSON, Json.write(proxy.update(toxic, body(exchange)).json()));
      case "DELETE" -> {
        proxy.remove(toxic);
        yield NOTHING;
      }
      default -> notAllowed();
    };
  }

  private Reply populate(HttpExchange exchange) throws IOException {
    List<BuiltInProxy> done = new ArrayList<>();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    int status = 201;
    try {
      proxies.populate(body(exchange), done);
    } catch (ApiException e) {
      status = e.status();
      answer.putAll(error(e));
    }
    List<Object> list = new ArrayList<>();
    done.forEach(proxy -> list.add(proxy.json()));
    // Go writes an empty list as null.
    answer.put("proxies", list.isEmpty() ? null : list);
    return new Reply(status, JSON, Json.write(answer));
  }

  private static JsonView body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    try {
      return JsonView.parse("body", new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw ApiException.badBody(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, @Nullable Object> error(ApiException e) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("error", e.text());
    error.put("status", e.status());
    return error;
  }

  private static Reply notAllowed() {
    return new Reply(405, PLAIN, "");
  }

  private record Reply(int status, String type, String body) {}
}
