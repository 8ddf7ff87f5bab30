package dev.faultline.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and answers of the HTTP API; the same of both servers. */
@ParameterizedClass
@EnumSource(ServerKind.class)
final class ApiContractTest {
  private static final String UPSTREAM = "127.0.0.1:9";
  private static final String P =
      "{'name':'p','listen':'127.0.0.1:0','upstream':'127.0.0.1:9'}".replace('\'', '"');

  private final ToxiproxyServers servers;
  private final ToxiproxyControl control;
  private final HttpClient http = HttpClient.newHttpClient();

  ApiContractTest(ServerKind kind) {
    servers = kind.start();
    control = servers.control();
  }

  @AfterEach
  void stop() {
    http.close();
    servers.close();
  }

  @Test
  void aProxyIsMadeWithARealPortAndShown() throws Exception {
    Reply made = call("POST", "/proxies", P);
    assertThat(made.status()).isEqualTo(201);
    JsonView view = made.json();
    // The real server adds an empty "Logger", by mistake.
    assertThat(view.map().keySet()).contains("name", "listen", "upstream", "enabled", "toxics");
    assertThat(view.get("listen").string()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
    assertThat(view.get("enabled").bool()).isTrue();
    assertThat(view.get("toxics").list()).isEmpty();
    assertThat(call("GET", "/proxies/p", "").json().value()).isEqualTo(view.value());
    assertThat(call("GET", "/proxies", "").json().get("p").value()).isEqualTo(view.value());
  }

  @Test
  void aProxyCanBeMadeDisabled() throws Exception {
    Reply made = call("POST", "/proxies", P.replace("}", ",\"enabled\":false}"));
    assertThat(made.json().get("enabled").bool()).isFalse();
    assertThat(made.json().get("listen").string()).isEqualTo("127.0.0.1:0");
    assertThat(call("POST", "/proxies/p", "{\"enabled\":true}").json().get("listen").string())
        .doesNotEndWith(":0");
  }

  @Test
  void mistakesAreAnsweredWithToxiproxysWords() throws Exception {
    call("POST", "/proxies", P);
    call("POST", "/proxies/p/toxics", "{\"type\":\"latency\"}");
    assertError("POST", "/proxies", P, 409, "proxy already exists");
    assertError("POST", "/proxies", "{}", 400, "missing required field: name");
    assertError("POST", "/proxies", "{\"name\":\"q\"}", 400, "missing required field: upstream");
    assertError("GET", "/proxies/q", "", 404, "proxy not found");
    assertError("DELETE", "/proxies/q", "", 404, "proxy not found");
    assertError("POST", "/proxies/q/toxics", "{}", 404, "proxy not found");
    assertError("GET", "/proxies/p/toxics/t", "", 404, "toxic not found");
    assertError("DELETE", "/proxies/p/toxics/t", "", 404, "toxic not found");
    assertError("PATCH", "/proxies/p/toxics/t", "{}", 404, "toxic not found");
    assertError("POST", "/proxies/p/toxics", "{\"type\":\"latency\"}", 409, "toxic already exists");
    assertError("POST", "/proxies/p/toxics", "{\"type\":\"x\"}", 400, "invalid toxic type");
    assertError(
        "POST",
        "/proxies/p/toxics",
        "{\"type\":\"latency\",\"stream\":\"x\"}",
        400,
        "stream was invalid, can be either upstream or downstream");
  }

  @Test
  void badBodiesAreToldAndChangeNothing() throws Exception {
    call("POST", "/proxies", P);
    for (String bad : List.of("", "{", "[]", "{\"name\":1}", "{\"listen\":false}")) {
      Reply reply = call("POST", "/proxies", bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.json().get("error").string()).as(bad).startsWith("bad request body");
      assertThat(reply.json().get("status").integer()).isEqualTo(400);
    }
    for (String bad :
        List.of(
            "{",
            "{\"type\":\"latency\",\"attributes\":{\"latency\":\"1\"}}",
            "{\"type\":\"latency\",\"attributes\":{\"latency\":1.5}}",
            "{\"type\":\"latency\",\"toxicity\":\"1\"}")) {
      Reply reply = call("POST", "/proxies/p/toxics", bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.json().get("error").string()).startsWith("bad request body");
    }
    assertThat(call("GET", "/proxies/p/toxics", "").json().list()).isEmpty();
  }

  @Test
  void whereItCannotListenIsAnError() throws Exception {
    String taken = call("POST", "/proxies", P).json().get("listen").string();
    String q = Json.write(Map.of("name", "q", "listen", taken, "upstream", UPSTREAM));
    assertError(
        "POST", "/proxies", q, 500, "listen tcp " + taken + ": bind: address already in use");
    assertError("GET", "/proxies/q", "", 404, "proxy not found");
  }

  @Test
  void unknownPathsMethodsAndBrowsersAreRefused() throws Exception {
    assertThat(call("GET", "/nothing", "")).isEqualTo(new Reply(404, "404 page not found\n"));
    assertThat(call("GET", "/proxies/p/x", "").status()).isEqualTo(404);
    assertThat(call("PUT", "/proxies", "{}").status()).isEqualTo(405);
    assertThat(call("GET", "/reset", "").status()).isEqualTo(405);
    HttpRequest browser =
        HttpRequest.newBuilder(URI.create(control + "/proxies"))
            .header("User-Agent", "Mozilla/5.0")
            .build();
    HttpResponse<String> refused = http.send(browser, BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).isEqualTo("User agent not allowed\n");
  }

  @Test
  void aToxicHasDefaultsAndIsChangedByPostAndPatch() throws Exception {
    call("POST", "/proxies", P);
    JsonView added = call("POST", "/proxies/p/toxics", "{\"type\":\"latency\"}").json();
    assertThat(added.get("name").string()).isEqualTo("latency_downstream");
    assertThat(added.get("stream").string()).isEqualTo("downstream");
    assertThat(added.get("toxicity").number()).isEqualTo(1.0);
    assertThat(added.get("attributes").map()).isEqualTo(Map.of("latency", 0L, "jitter", 0L));

    String path = "/proxies/p/toxics/latency_downstream";
    call("PATCH", path, "{\"attributes\":{\"latency\":5}}");
    call("POST", path, "{\"attributes\":{\"jitter\":2},\"toxicity\":0.5}");
    JsonView changed = call("GET", path, "").json();
    assertThat(changed.get("attributes").map()).isEqualTo(Map.of("latency", 5L, "jitter", 2L));
    assertThat(changed.get("toxicity").number()).isEqualTo(0.5);

    assertThat(call("DELETE", path, "")).isEqualTo(new Reply(204, ""));
    assertThat(call("GET", "/proxies/p/toxics", "").json().list()).isEmpty();
  }

  @Test
  void allToxicsOfToxiproxyAreThere() throws Exception {
    call("POST", "/proxies", P);
    for (Map.Entry<String, List<String>> type : Toxics.ATTRIBUTES.entrySet()) {
      if (Toxics.OWN.contains(type.getKey())) {
        continue;
      }
      JsonView added =
          call("POST", "/proxies/p/toxics", Json.write(Map.of("type", type.getKey()))).json();
      assertThat(added.get("attributes").map().keySet())
          .containsExactlyInAnyOrderElementsOf(type.getValue());
    }
  }

  @Test
  void toxicsAreListedUpstreamFirst() throws Exception {
    call("POST", "/proxies", P);
    control.add("p", ToxicSpec.of("timeout", Stream.DOWNSTREAM, Map.of()));
    control.add("p", ToxicSpec.of("slicer", Stream.UPSTREAM, Map.of("average_size", 9L)));
    control.add("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of()));
    assertThat(control.state("p").toxics().stream().map(ToxicSpec::name))
        .containsExactly("slicer_upstream", "latency_upstream", "timeout_downstream");
  }

  @Test
  void populateKeepsWhatDoesNotDifferAndReplacesTheRest() throws Exception {
    String listen = call("POST", "/proxies", P).json().get("listen").string();
    control.add("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of("latency", 1L)));
    String same = P.replace("127.0.0.1:0", listen);
    Reply kept = call("POST", "/populate", "[" + same + "," + P.replace("\"p\"", "\"q\"") + "]");
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.json().get("proxies").list().stream().map(v -> v.get("name").string()))
        .containsExactly("p", "q");
    assertThat(control.state("p").toxics()).hasSize(1);

    Reply moved = call("POST", "/populate", "[" + same.replace(UPSTREAM, "127.0.0.1:8") + "]");
    assertThat(moved.status()).as("%s", moved).isEqualTo(201);
    assertThat(control.state("p").toxics()).isEmpty();
    assertThat(control.proxies()).containsExactly("p", "q");
  }

  @Test
  void populateChecksAllBeforeItMakesAny() throws Exception {
    Reply reply = call("POST", "/populate", "[" + P + ",{\"name\":\"q\"}]");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().value())
        .isEqualTo(
            Json.read(
                "{\"error\":\"missing required field: upstream at proxy 2\",\"status\":400,"
                    + "\"proxies\":null}"));
    assertThat(control.proxies()).isEmpty();
  }

  @Test
  void resetEnablesAndClears() throws Exception {
    call("POST", "/proxies", P);
    control.add("p", ToxicSpec.of("timeout", Stream.UPSTREAM, Map.of()));
    control.disable("p");
    assertThat(call("POST", "/reset", "")).isEqualTo(new Reply(204, ""));
    assertThat(control.state("p")).isEqualTo(new ToxiproxyControl.ProxyState(true, List.of()));
  }

  @Test
  void aProxyIsMovedByAnUpdate() throws Exception {
    String listen = call("POST", "/proxies", P).json().get("listen").string();
    JsonView moved = call("PATCH", "/proxies/p", "{\"upstream\":\"127.0.0.1:8\"}").json();
    assertThat(moved.get("upstream").string()).isEqualTo("127.0.0.1:8");
    assertThat(moved.get("listen").string()).isEqualTo(listen);
    assertThat(moved.get("enabled").bool()).isTrue();
    JsonView disabled = call("POST", "/proxies/p", "{\"enabled\":false}").json();
    assertThat(disabled.get("enabled").bool()).isFalse();
    assertThat(disabled.get("listen").string()).isEqualTo(listen);
  }

  @Test
  void theControlSaysWhatTheServerRefused() {
    control.create(new Wire("p", "a", "b", "127.0.0.1:0", UPSTREAM));
    assertThatThrownBy(() -> control.create(new Wire("p", "a", "b", "127.0.0.1:0", UPSTREAM)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("[409] proxy already exists")
        .hasMessageContaining(control.toString());
    assertThatThrownBy(() -> control.disable("q"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("proxy not found");
    control.delete("p");
    assertThat(control.proxies()).isEmpty();
  }

  @Test
  void versionAndMeansAreTold() throws IOException, InterruptedException {
    assertThat(call("GET", "/version", "").json().get("version").string())
        .isEqualTo(control.version());
    assertThat(servers.means()).matches("toxiproxy .+|built-in proxy");
  }

  private void assertError(String method, String path, String body, int status, String error)
      throws Exception {
    Reply reply = call(method, path, body);
    assertThat(reply.body())
        .isEqualTo("{\"error\":" + Json.write(error) + ",\"status\":" + status + "}\n");
    assertThat(reply.status()).isEqualTo(status);
  }

  private Reply call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(control + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.body());
  }

  private record Reply(int status, String body) {
    JsonView json() {
      return JsonView.parse("reply", body);
    }
  }
}
