package dev.faultline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Client;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HostedTest {
  @TempDir Path temp;

  private static Client.Result echo(Cluster.Host host, String node) throws Exception {
    CompletableFuture<Client.Result> answer = new CompletableFuture<>();
    host.invoke(new Client.Invocation("c1", "n1", "echo", node, "x"), answer::complete);
    return Rig.await(answer);
  }

  @Test
  void aHostedClientReachesNodesThroughItsOwnLinks() throws Exception {
    try (Rig rig = new Rig("hosted-test", temp, 2, false, true, null).start()) {
      Cluster.Host host = rig.cluster.host("c1", "n1");
      assertThat(echo(host, "n1")).isEqualTo(new Client.Result.Ok("x"));
      assertThat(echo(host, "n2")).isEqualTo(new Client.Result.Ok("x"));
      assertThat(rig.cluster.links())
          .contains(new Link("c1", "n2"), new Link("n2", "c1"), new Link("n2", "n1"))
          .doesNotContain(new Link("c1", "c2"));

      LinkState refused = new LinkState(Fault.Mode.REFUSE, Fault.Effect.NONE);
      Rig.await(
          rig.cluster.setLinks(
              Map.of(new Link("c1", "n2"), refused, new Link("n2", "c1"), refused)));
      assertThat(echo(host, "n2")).isInstanceOf(Client.Result.Info.class);
      assertThat(echo(host, "n1")).isEqualTo(new Client.Result.Ok("x"));
      assertThat(echo(rig.cluster.host("c2", "n2"), "n2")).isEqualTo(new Client.Result.Ok("x"));
    }
  }

  @Test
  void aHostCanBePausedAndKilledLikeANode() throws Exception {
    try (Rig rig = new Rig("hosted-test", temp, 1, false, true, null).start()) {
      assertThat(rig.eventsOf("c1")).first().asString().startsWith("c1 1/1 started");
      assertThat(Rig.await(rig.cluster.pause("c1"))).containsEntry("state", "T");
      assertThat(Rig.await(rig.cluster.resume("c1")).get("state")).isNotEqualTo("T");
      assertThat(Rig.await(rig.cluster.readClock("c1")).uncertaintyNanos()).isPositive();
      assertThat(Rig.await(rig.cluster.kill("c1"))).containsEntry("gone", true);
      // Until its connection's end has been read, what was sent to a dead host is unknown.
      Client.Result last = echo(rig.cluster.host("c1", "n1"), "n1");
      for (int i = 0; i < 100 && last instanceof Client.Result.Info; i++) {
        last = echo(rig.cluster.host("c1", "n1"), "n1");
      }
      assertThat(last).isInstanceOf(Client.Result.Fail.class);
      assertThat(Rig.await(rig.cluster.restart("c1"))).containsEntry("incarnation", 2L);
      assertThat(echo(rig.cluster.host("c1", "n1"), "n1")).isEqualTo(new Client.Result.Ok("x"));
      assertThat(rig.events).noneMatch(e -> e.contains("crashed"));
    }
  }

  @Test
  void aCodecClientHasALinkToItsOwnNodeAlone() throws Exception {
    try (Rig rig = new Rig("hosted-test", temp, 2, false)) {
      assertThat(rig.cluster.links())
          .containsExactlyInAnyOrder(
              new Link("n1", "n2"),
              new Link("n2", "n1"),
              new Link("c1", "n1"),
              new Link("n1", "c1"),
              new Link("c2", "n2"),
              new Link("n2", "c2"));
    }
  }
}
