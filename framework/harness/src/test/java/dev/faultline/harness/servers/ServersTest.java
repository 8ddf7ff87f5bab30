package dev.faultline.harness.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Setup;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an adapter says in a few lines, and what becomes of it. */
final class ServersTest {
  private static final class Toy extends SystemTarget {
    Toy() {
      super("toy", "a toy", "Consensus");
      selects("$leader", "leads");
      offers("register", setup -> client());
      offers("lock", "$holder", "holding", setup -> client());
    }

    private static Client client() {
      return Client.Blocking.inHarness(context -> {
        throw new Client.UndoneException("not sent: a toy");
      });
    }

    @Override
    public List<Claim> claims() {
      return List.of(claim("linearizable", "reads", "quorum", "its manual"), noCrash());
    }

    @Override
    public Deployment deployment(Setup setup) {
      Servers servers =
          Servers.of(setup, "t", 3, "faultline/toy")
              .clients(80)
              .peers(7001, 8001)
              .ready("up")
              .event("leads", "leads in (?<term>\\d+) of (?<cluster>\\w+)")
              .environment("A", "b")
              .storing("/data");
      return servers
          .command(s -> List.of("toy", s.name(), servers.joined(",", Servers.Server::at)))
          .within(Duration.ofSeconds(9));
    }

    @Override
    public Timing timing(Setup setup) {
      return new Timing(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  private static Setup setup(int nodes) {
    return new Setup("correct", "containers", Map.of(), nodes, 0, 0, Duration.ofSeconds(1), 1);
  }

  private static Image image(int nodes, String node) {
    return new Toy()
        .deployment(setup(nodes)).nodes().stream()
            .filter(n -> n.id().equals(node))
            .map(n -> (Image) n.launch())
            .findFirst()
            .orElseThrow();
  }

  @Test
  void whatServersHaveInCommonIsSaidOnce() {
    assertThat(image(0, "t2"))
        .isEqualTo(
            new Image(
                    "faultline/toy",
                    List.of("toy", "t2", "t1:7001,t2:7002,t3:7003"),
                    Map.of("A", "b"),
                    80,
                    List.of(7002, 8002),
                    "up",
                    List.of(
                        new Deployment.LogEvent(
                            "leads in (?<term>\\d+) of (?<cluster>\\w+)",
                            "leads",
                            List.of("term", "cluster"))))
                .storing("/data"));
    assertThat(image(1, "t1").command()).containsExactly("toy", "t1", "t1:7001");
    assertThat(new Toy().deployment(setup(5)).members())
        .containsOnlyKeys("t1", "t2", "t3", "t4", "t5")
        .containsValue("server");
  }

  @Test
  void clientsComeInWhereTheOthersDoUnlessTheyHaveAPortOfTheirOwn() {
    Deployment.Launch launch =
        Servers.of("s", 2, "x").role("sentinel").peers(26381).nodes().get(1).launch();
    assertThat(launch)
        .isInstanceOfSatisfying(
            Image.class,
            made -> {
              assertThat(made.clientPort()).isEqualTo(26382);
              assertThat(made.peerPorts()).containsExactly(26382);
            });
  }

  @Test
  void aTargetOffersEachInterfaceWithTheSelectorsOfItsEvents() {
    Toy toy = new Toy();
    assertThat(toy.interfaces()).containsExactly("register", "lock");
    assertThat(toy.selectors("register")).isEqualTo(Map.of("$leader", "leads"));
    assertThat(toy.selectors("lock")).isEqualTo(Map.of("$leader", "leads", "$holder", "holding"));
    assertThat(toy.claims().get(0).under()).containsExactly("partition", "link", "pause", "kill");
    assertThatThrownBy(() -> toy.client("queue", setup(0)))
        .hasMessage("toy has no client interface 'queue'; it has [register, lock]");
  }
}
