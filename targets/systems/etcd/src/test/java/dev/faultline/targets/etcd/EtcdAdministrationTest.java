package dev.faultline.targets.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.harness.Administration;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A member that is taken out or joins again, by a cluster that keeps its list of members and
 * nothing else.
 */
class EtcdAdministrationTest {
  /** How long a server may take here; no test waits for more than a few of these. */
  private static final Duration JOINS = Duration.ofMillis(150);

  @Test
  void aServerThatEndsItselfAsItJoinsIsStartedAgain() throws Exception {
    for (int starts = 1; starts <= 3; starts++) {
      try (Cluster cluster = new Cluster(starts)) {
        assertThat(join(cluster))
            .containsEntry("starts", (long) starts)
            .containsEntry("joined", List.of("e1", "e2", "e3"))
            .containsEntry("memberId", "33");
        assertThat(cluster.starts).hasValue(starts);
      }
    }
  }

  @Test
  void oneThatNeverJoinsIsNoProof() throws Exception {
    try (Cluster cluster = new Cluster(Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> join(cluster))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("e3 has not joined: [e1, e2, (new)]");
      assertThat(cluster.starts.get()).isBetween(2, 10);
    }
  }

  @Test
  void itIsAddedOnceThoughTheAnswerWasLost() throws Exception {
    try (Cluster cluster = new Cluster(1)) {
      cluster.losesAnswers = true;
      assertThat(join(cluster)).containsEntry("joined", List.of("e1", "e2", "e3"));
      assertThat(cluster.additions).hasValue(1);
    }
  }

  @Test
  void itIsRemovedOnceThoughTheAnswerWasLost() throws Exception {
    try (Cluster cluster = new Cluster(0)) {
      cluster.losesAnswers = true;
      cluster.additions.set(1);
      assertThat(
              new EtcdAdministration("/data", Map.of("e3", "http://e3:2383"), JOINS)
                  .begin("remove", "e3", cluster))
          .containsEntry("membersBefore", List.of("e1", "e2", "e3"))
          .containsEntry("members", List.of("e1", "e2"));
      assertThat(cluster.removals).hasValue(1);
      assertThat(cluster.done).containsExactly("touch /data/rejoin", "kill");
    }
  }

  private static Map<String, @Nullable Object> join(Cluster cluster) throws Exception {
    return new EtcdAdministration("/data", Map.of("e3", "http://e3:2383"), JOINS)
        .end("remove", "e3", cluster);
  }

  /** {@code e3} was taken out, and has a name again once it was started so often. */
  private static final class Cluster implements Administration.Access, AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger starts = new AtomicInteger();
    private final int needed;
    private final AtomicInteger additions = new AtomicInteger();
    private final AtomicInteger removals = new AtomicInteger();
    private final List<String> done = new ArrayList<>();
    private volatile boolean losesAnswers;

    Cluster(int needed) throws IOException {
      this.needed = needed;
      server.createContext("/version", exchange -> answer(exchange, Map.of()));
      server.createContext(
          "/v3/cluster/member/add",
          exchange -> {
            additions.incrementAndGet();
            answerOrLose(exchange);
          });
      server.createContext(
          "/v3/cluster/member/remove",
          exchange -> {
            removals.incrementAndGet();
            answerOrLose(exchange);
          });
      server.createContext(
          "/v3/cluster/member/list", exchange -> answer(exchange, Map.of("members", members())));
      server.start();
    }

    private void answerOrLose(HttpExchange exchange) throws IOException {
      if (losesAnswers) {
        exchange.close();
      } else {
        answer(exchange, Map.of());
      }
    }

    private List<Map<String, Object>> members() {
      List<Map<String, Object>> members = new ArrayList<>();
      members.add(Map.of("name", "e1", "ID", "11"));
      members.add(Map.of("name", "e2", "ID", "22"));
      if (additions.get() > removals.get()) {
        Map<String, Object> third = new LinkedHashMap<>(Map.of("ID", "33"));
        third.put("peerURLs", List.of("http://e3:2383"));
        if (starts.get() >= needed) {
          third.put("name", "e3");
        }
        members.add(third);
      }
      return members;
    }

    private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
      byte[] bytes = Json.write(body).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    @Override
    public Set<String> nodes() {
      return Set.of("e1", "e3");
    }

    @Override
    public InetSocketAddress client(String node) {
      return server.getAddress();
    }

    @Override
    public void execute(String node, String... command) {
      done.add(String.join(" ", command));
    }

    @Override
    public void kill(String node) {
      done.add("kill");
    }

    @Override
    public void restart(String node) {
      starts.incrementAndGet();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
