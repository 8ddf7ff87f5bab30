package dev.faultline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.warden.Processes;
import dev.faultline.node.Message;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir Path temp;

  private Rig start(int nodes) throws Exception {
    return new Rig("local-test", temp, nodes, false).start();
  }

  private static long number(Map<String, @Nullable Object> facts, String name) {
    assertThat(facts.get(name)).as(name + " in " + facts).isInstanceOf(Long.class);
    return facts.get(name) instanceof Long n ? n : -1;
  }

  @Test
  void clientsAndNodesExchangeMessages() throws Exception {
    try (Rig rig = start(2)) {
      Rig.Client client = rig.client("c1", "n1");

      assertThat(client.call("echo", "value", "x").field("value")).isEqualTo("x");
      assertThat(client.call("forward", "to", "n2").text("via")).isEqualTo("n2");
      assertThat(client.call("unheard-of").integer("code")).isEqualTo(10);
      // The event was written before the message left, whose answer is here.
      assertThat(rig.eventsOf("n1")).element(2).asString().startsWith("n1 1/3 forwarding");
      rig.awaitEvent("n2 1/3 asked");
      assertThat(rig.eventsOf("n2").get(0)).startsWith("n2 1/1 started {pid=");
    }
  }

  @Test
  void aLateAnswerComesOnTheChannelThatAsked() throws Exception {
    try (Rig rig = start(1)) {
      Rig.Client old = rig.client("c1", "n1");
      var late = old.ask(Message.of("wait", "millis", 200L));
      assertThat(old.call("echo", "value", 1L).field("value")).isEqualTo(1L);
      Rig.Client fresh = rig.client("c1", "n1");
      assertThat(fresh.call("echo", "value", 2L).field("value")).isEqualTo(2L);

      assertThat(Rig.await(late).integer("waited")).isGreaterThanOrEqualTo(200_000_000L);
    }
  }

  @Test
  void aKilledNodeIsGoneAndComesBackWithItsDisk() throws Exception {
    try (Rig rig = start(1)) {
      Rig.Client client = rig.client("c1", "n1");
      client.call("count");
      assertThat(client.call("count").integer("count")).isEqualTo(2);
      long random = rig.client("c1", "n1").call("random").integer("value");

      Map<String, @Nullable Object> killed = Rig.await(rig.cluster.kill("n1"));
      long pid = number(killed, "pid");
      assertThat(killed).containsEntry("gone", true).containsEntry("exit", 137L);
      assertThat(Processes.alive(pid)).isFalse();
      assertThat(client.awaitClosed()).isNotEmpty();

      Map<String, @Nullable Object> restarted = Rig.await(rig.cluster.restart("n1"));
      assertThat(restarted).containsEntry("incarnation", 2L);
      assertThat(restarted.get("pid")).isNotEqualTo(pid);
      rig.awaitEvent("n1 2/2 counted");
      assertThat(rig.eventsOf("n1")).last().asString().contains("{count=2}");
      assertThat(rig.client("c1", "n1").call("count").integer("count")).isEqualTo(3);
      assertThat(rig.client("c1", "n1").call("random").integer("value")).isNotEqualTo(random);
      assertThat(rig.events).noneMatch(e -> e.contains("crashed"));
    }
  }

  @Test
  void aPausedNodeIsStoppedAndGoesOn() throws Exception {
    try (Rig rig = start(2)) {
      Rig.Client client = rig.client("c1", "n1");
      client.call("echo", "value", 1L);

      Map<String, @Nullable Object> paused = Rig.await(rig.cluster.pause("n1"));
      assertThat(paused).containsEntry("state", "T");
      var answer = client.ask(Message.of("echo", "value", 2L));
      assertThat(rig.probe("n2", "n1", 64, SHORT).passed()).isFalse();
      assertThat(answer.isDone()).isFalse();

      assertThat(Rig.await(rig.cluster.resume("n1")).get("state")).isNotEqualTo("T");
      assertThat(Rig.await(answer).field("value")).isEqualTo(2L);
      assertThat(rig.probe("n2", "n1", 64, WITHIN).passed()).isTrue();
    }
  }

  @Test
  void aPausedNodeCanBeKilled() throws Exception {
    try (Rig rig = start(1)) {
      Rig.await(rig.cluster.pause("n1"));
      assertThat(Rig.await(rig.cluster.kill("n1"))).containsEntry("gone", true);
      Rig.await(rig.cluster.restart("n1"));
      assertThat(rig.client("c1", "n1").call("echo", "value", 1L).field("value")).isEqualTo(1L);
    }
  }

  @Test
  void aCutIsSeenInItsDirectionAlone() throws Exception {
    try (Rig rig = start(2)) {
      rig.set("n1", "n2", new LinkState(Fault.Mode.DROP, Fault.Effect.NONE));

      Cluster.Probe cut = rig.probe("n1", "n2", 64, SHORT);
      assertThat(cut.passed()).isFalse();
      assertThat(cut.detail()).containsKey("why");
      assertThat(rig.probe("n2", "n1", 64, WITHIN).passed()).isTrue();

      rig.set("n1", "n2", LinkState.CLEAR);
      assertThat(rig.probe("n1", "n2", 64, WITHIN).passed()).isTrue();
      Rig.Client client = rig.client("c1", "n1");
      // Dialled again within 100 ms of the heal; until then a message may be lost.
      boolean back = false;
      for (int i = 0; i < 50 && !back; i++) {
        var answer = client.ask(Message.of("forward", "to", "n2"));
        try {
          back = answer.get(200, TimeUnit.MILLISECONDS).text("via").equals("n2");
        } catch (TimeoutException lost) {
          back = false;
        }
      }
      assertThat(back).isTrue();
    }
  }

  @Test
  void clientLinksAreProbedInBothDirections() throws Exception {
    try (Rig rig = start(1)) {
      assertThat(rig.probe("c1", "n1", 64, WITHIN).means()).isEqualTo("probe");
      assertThat(rig.probe("c1", "n1", 64, WITHIN).passed()).isTrue();
      assertThat(rig.probe("n1", "c1", 64, WITHIN).passed()).isTrue();

      rig.set("n1", "c1", new LinkState(Fault.Mode.DROP, Fault.Effect.NONE));
      assertThat(rig.probe("n1", "c1", 64, SHORT).passed()).isFalse();
      assertThat(rig.probe("c1", "n1", 64, WITHIN).passed()).isTrue();

      rig.set("n1", "c1", LinkState.CLEAR);
      rig.set("c1", "n1", new LinkState(Fault.Mode.REFUSE, Fault.Effect.NONE));
      rig.set("n1", "c1", new LinkState(Fault.Mode.REFUSE, Fault.Effect.NONE));
      assertThat(rig.probe("c1", "n1", 64, SHORT).detail()).containsEntry("why", "refused");
      // Nothing can ask the node for bytes, so that only the proxy can tell.
      assertThat(rig.probe("n1", "c1", 64, SHORT).means()).isEqualTo("counters");
    }
  }

  @Test
  void aSlowLinkIsMeasured() throws Exception {
    try (Rig rig = start(2)) {
      Duration latency = Duration.ofMillis(300);
      rig.set("n1", "n2", new LinkState(null, Fault.Effect.latency(latency)));

      assertThat(rig.probe("n1", "n2", 64, WITHIN).nanos())
          .isBetween(latency.toNanos(), latency.multipliedBy(3).toNanos());
      assertThat(rig.probe("n2", "n1", 64, WITHIN).nanos()).isLessThan(latency.toNanos());

      Fault.Effect slow =
          new Fault.Effect(Duration.ZERO, Duration.ZERO, 20, false, false, Duration.ZERO);
      rig.set("n1", "n2", new LinkState(null, slow));
      // 20 KB at 20 KB/s: a second, less the piece that passes at once.
      assertThat(rig.probe("n1", "n2", 20_000, WITHIN).nanos()).isGreaterThan(500_000_000L);

      Duration late = Duration.ofMillis(400);
      Fault.Effect closing = new Fault.Effect(Duration.ZERO, Duration.ZERO, 0, false, false, late);
      rig.set("n1", "n2", new LinkState(null, closing));
      Cluster.Probe probe = rig.probe("n1", "n2", 64, WITHIN);
      assertThat(probe.passed()).isTrue();
      assertThat(number(probe.detail(), "closeNanos")).isGreaterThanOrEqualTo(late.toNanos());
    }
  }

  @Test
  void aResetLinkCarriesNothing() throws Exception {
    try (Rig rig = start(2)) {
      Fault.Effect reset =
          new Fault.Effect(Duration.ZERO, Duration.ZERO, 0, true, false, Duration.ZERO);
      rig.set("n1", "n2", new LinkState(null, reset));
      assertThat(rig.probe("n1", "n2", 64, WITHIN).passed()).isFalse();
      rig.set("n1", "n2", LinkState.CLEAR);
      assertThat(rig.probe("n1", "n2", 64, WITHIN).passed()).isTrue();
    }
  }

  @Test
  void changedAndLostMessagesAreCountedAndProbesPass() throws Exception {
    try (Rig rig = start(1)) {
      Link link = new Link("c1", "n1");
      rig.set("c1", "n1", new LinkState(null, Fault.Effect.bytes(0, 0, 100)));
      Rig.Client changed = rig.client("c1", "n1");
      var unused = changed.ask(Message.of("echo", "value", 1L));
      assertThat(changed.awaitClosed()).isNotEmpty();
      assertThat(rig.probe("c1", "n1", 64, WITHIN).passed()).isTrue();
      assertThat(Rig.await(rig.cluster.tally(link)).corrupted()).isEqualTo(1);

      rig.set("c1", "n1", new LinkState(null, Fault.Effect.messages(100, 0, Duration.ZERO)));
      Rig.Client losing = rig.client("c1", "n1");
      var lost = losing.ask(Message.of("echo", "value", 2L));
      for (int i = 0; i < 100 && Rig.await(rig.cluster.tally(link)).lost() == 0; i++) {
        assertThat(rig.probe("c1", "n1", 64, WITHIN).passed()).isTrue();
      }
      assertThat(Rig.await(rig.cluster.tally(link)).lost()).isEqualTo(1);
      assertThat(lost.isDone()).isFalse();

      rig.set("c1", "n1", LinkState.CLEAR);
      assertThat(losing.call("echo", "value", 3L).field("value")).isEqualTo(3L);
      assertThat(rig.events).noneMatch(e -> e.contains("crashed"));
    }
  }

  @Test
  void aNodeThatThrowsIsReportedAsCrashed() throws Exception {
    try (Rig rig = start(1)) {
      Rig.Client client = rig.client("c1", "n1");
      client.call("echo", "value", 1L);
      var unused = client.ask(Message.of("crash"));

      rig.awaitEvent("n1 1/3 crashed");
      assertThat(rig.eventsOf("n1"))
          .last()
          .asString()
          .contains("exit code 70: java.lang.IllegalStateException: told to crash");
      assertThat(Files.readString(temp.resolve("n1/node.log"))).contains("at dev.faultline");
      Rig.await(rig.cluster.restart("n1"));
      assertThat(rig.client("c1", "n1").call("echo", "value", 1L).field("value")).isEqualTo(1L);
    }
  }

  @Test
  void nothingIsLeftAfterTheEnd() throws Exception {
    Rig rig = start(3);
    Rig.await(rig.cluster.pause("n2"));
    rig.close();

    assertThat(rig.processes).hasSizeGreaterThanOrEqualTo(3).noneMatch(Processes::alive);
    assertThat(rig.directories).isNotEmpty().allMatch(Files::notExists);
    assertThat(temp.resolve("n3/node.log")).exists();
  }
}
