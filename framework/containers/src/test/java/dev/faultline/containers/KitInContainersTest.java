package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Cluster.ClockReading;
import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.Cluster.Probe;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.warden.ProcessWarden;
import dev.faultline.node.Message;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes of the kit in containers. One cluster and one test method: starting costs seconds, and what
 * comes later must work after what came before.
 */
class KitInContainersTest {
  private static final Link THERE = new Link("n1", "n2");
  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final LinkState CUT = new LinkState(Fault.Mode.DROP, Fault.Effect.NONE);

  @Test
  void faultsAreCarriedOutAndProven(@TempDir Path directory) throws Exception {
    Containers.require("node", "toxiproxy");
    Seen seen = new Seen();
    String run = "toy-" + ProcessHandle.current().pid();
    try (ProcessWarden warden = ProcessWarden.start(run)) {
      ContainerCluster cluster = new ContainerCluster(Toy.request(run, directory, seen, warden));
      try {
        get(cluster.start());
        exchanges(cluster);
        cannotGoRoundTheProxy(cluster);
        cutsOneWay(cluster);
        pauses(cluster);
        killsAndStartsAgain(cluster, seen);
        steersClocks(cluster);
        misleadsByTheTimePath(cluster);
        noticesCrashes(cluster, seen);
      } finally {
        assertThat(get(cluster.close())).as("what could not be removed").isEmpty();
      }
      assertThat(new ContainerLeftovers().find()).noneMatch(line -> line.contains(run));
      assertThat(Files.readString(directory.resolve("n1/node.log"))).contains("asked to die");
    }
  }

  private static void exchanges(ContainerCluster cluster) throws Exception {
    Message answer = Toy.ask(cluster, Message.of("ask", "node", "n2", "msg_id", 7L), WITHIN);
    assertThat(answer.type()).isEqualTo("answered");
    assertThat(answer.integer("in_reply_to")).isEqualTo(7);
    assertThat(cluster.links())
        .contains(THERE, new Link("c1", "n1"), new Link("n1", "c1"), new Link("time", "n2"));
    assertThat(cluster.versions()).containsKeys("proxy", "engine");
  }

  private static void cannotGoRoundTheProxy(ContainerCluster cluster) throws Exception {
    String other = cluster.layout().subnet("n2").resident();
    Message direct =
        Message.of("dial", "host", other, "port", (long) Layout.NODE_PORT, "msg_id", 1L);
    assertThat(Toy.ask(cluster, direct, WITHIN).text("how")).isNotEqualTo("connected");
    Message throughProxy =
        Message.of("dial", "host", "n2", "port", (long) Layout.API_PORT, "msg_id", 2L);
    assertThat(Toy.ask(cluster, throughProxy, WITHIN).text("how"))
        .as("the other's name is the proxy's")
        .isEqualTo("connected");
  }

  private static void cutsOneWay(ContainerCluster cluster) throws Exception {
    get(cluster.setLinks(Map.of(THERE, CUT)));
    assertThat(probe(cluster, THERE).passed()).isFalse();
    assertThat(probe(cluster, THERE.reversed()).passed()).isTrue();
    assertThat(probe(cluster, new Link("c1", "n1")).passed()).isTrue();
    Message ping = Message.of("ask", "node", "n2", "msg_id", 8L);
    assertThatThrownBy(() -> Toy.ask(cluster, ping, Duration.ofMillis(500)))
        .isInstanceOf(TimeoutException.class);
    get(cluster.setLinks(Map.of(THERE, LinkState.CLEAR)));
    assertThat(probe(cluster, THERE).passed()).isTrue();
  }

  private static void pauses(ContainerCluster cluster) throws Exception {
    assertThat(get(cluster.pause("n2"))).containsEntry("state", "paused");
    assertThat(probe(cluster, THERE).passed()).isFalse();
    assertThat(get(cluster.resume("n2"))).containsEntry("state", "running");
    assertThat(probe(cluster, THERE).passed()).isTrue();
  }

  private static void killsAndStartsAgain(ContainerCluster cluster, Seen seen) throws Exception {
    Toy.ask(cluster, Message.of("keep", "text", "before", "msg_id", 1L), WITHIN);
    Object first = get(cluster.kill("n1")).get("pid");
    var again = get(cluster.restart("n1"));
    assertThat(again).containsEntry("state", "running");
    assertThat(again.get("pid")).isNotEqualTo(first);
    Message told = Toy.ask(cluster, Message.of("tell", "msg_id", 2L), WITHIN);
    assertThat(told.text("text")).as("the container keeps its files").isEqualTo("before");
    seen.await("second start", e -> e.name().equals("started") && e.incarnation() == 2);
    assertThat(seen.all()).noneMatch(e -> e.name().equals("crashed"));
  }

  private static void steersClocks(ContainerCluster cluster) throws Exception {
    get(cluster.setClock("n1", new ClockState(-3_000_000_000L, 0)));
    assertThat(get(cluster.readClock("n1")).skewNanos())
        .isBetween(-3_100_000_000L, -2_900_000_000L);
    get(cluster.setClock("n1", ClockState.TRUE));
  }

  private static void misleadsByTheTimePath(ContainerCluster cluster) throws Exception {
    Fault.Effect slow = Fault.Effect.latency(Duration.ofSeconds(1));
    get(cluster.setLinks(Map.of(new Link("n2", "time"), new LinkState(null, slow))));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    ClockReading reading = get(cluster.readClock("n2"));
    while (Math.abs(reading.skewNanos() - 500_000_000L) > 100_000_000L && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
      reading = get(cluster.readClock("n2"));
    }
    assertThat(reading.skewNanos()).as("half of the latency").isBetween(400_000_000L, 600_000_000L);
    get(cluster.setLinks(Map.of(new Link("n2", "time"), LinkState.CLEAR)));
  }

  private static void noticesCrashes(ContainerCluster cluster, Seen seen) throws Exception {
    assertThatThrownBy(() -> Toy.ask(cluster, Message.of("die"), Duration.ofSeconds(10)));
    Seen.Event crash = seen.await("crash", e -> e.name().equals("crashed"));
    assertThat(crash.node()).isEqualTo("n1");
    assertThat(crash.facts()).containsEntry("why", "exit code 70");
    List<Seen.Event> crashes = seen.all().stream().filter(e -> e.name().equals("crashed")).toList();
    assertThat(crashes).hasSize(1);
  }

  private static Probe probe(ContainerCluster cluster, Link link) throws Exception {
    return get(cluster.probe(link, 64, Duration.ofMillis(1_500)));
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(120, TimeUnit.SECONDS);
  }
}
