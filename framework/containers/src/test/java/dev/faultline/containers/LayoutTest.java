package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment.Request;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Warden;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.proxy.Wire;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who reaches whom, and at which address. */
class LayoutTest {
  @Test
  void nodesReachEachOtherAtTheProxyOnTheirOwnNetworks() {
    Layout layout = layout(request(false, 2381, 2382));
    Wire wire = Objects.requireNonNull(layout.wire("e1", "e2"));
    assertThat(wire.listen()).isEqualTo(layout.subnet("e1").proxy() + ":2382");
    assertThat(wire.upstream()).isEqualTo(layout.subnet("e2").resident() + ":2382");
    assertThat(layout.aliases("e1")).containsExactly("e2");
    assertThat(layout.wires()).extracting(Wire::name).doesNotHaveDuplicates().contains("c1-e2");
  }

  @Test
  void clientsInsideTheHarnessDialTheHub() {
    Layout layout = layout(request(false, 2381, 2382));
    assertThat(layout.dials("c1").values())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .extracting(InetSocketAddress::getHostString)
        .containsOnly(layout.hub().proxy());
    assertThat(layout.places()).containsOnlyKeys("e1", "e2");
  }

  @Test
  void hostedClientsHaveNetworksOfTheirOwn() {
    Layout layout = layout(request(true, 2381, 2382));
    assertThat(layout.places()).containsOnlyKeys("e1", "e2", "c1");
    assertThat(layout.dials("c1").values())
        .extracting(InetSocketAddress::getHostString)
        .containsOnly(layout.subnet("c1").proxy());
    assertThat(layout.aliases("c1")).containsExactly("e1", "e2");
  }

  @Test
  void twoNodesWithOnePeerPortAreRefused() {
    Request three = request(false, 2381, 2382, 2382);
    assertThatThrownBy(() -> layout(three))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("e2 and e3 both have the peer port 2382");
  }

  private static Layout layout(Request request) {
    return new Layout(
        request,
        LongStream.range(0, Layout.subnets(request))
            .mapToObj(i -> new Subnet((10L << 24) + i * Subnet.SIZE))
            .toList());
  }

  private static Request request(boolean hosted, int... peerPorts) {
    List<NodeSpec> nodes =
        LongStream.range(0, peerPorts.length)
            .mapToObj(i -> node("e" + (i + 1), peerPorts[(int) i]))
            .toList();
    return new Request(
        "run",
        Path.of("nodes"),
        "etcd",
        new Setup("correct", "containers", Map.of(), 0, 1, 0, Duration.ofSeconds(1), 1),
        new Deployment(nodes, Duration.ofSeconds(1)),
        List.of(new ClientSpec("c1", "e1", "worker")),
        hosted,
        "register",
        new Seen(),
        new NoWarden());
  }

  private static NodeSpec node(String id, int peerPort) {
    return new NodeSpec(
        id,
        "server",
        new Image("image", List.of(), Map.of(), 2379, List.of(peerPort), "ready", List.of()));
  }

  private static final class NoWarden implements Warden {
    @Override
    public void process(long pid) {}

    @Override
    public void directory(Path directory) {}

    @Override
    public void leftovers(String leftoversId, String runId) {}
  }
}
