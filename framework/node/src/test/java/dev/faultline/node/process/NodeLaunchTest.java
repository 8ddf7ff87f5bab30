package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.node.Config;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeLaunchTest {
  private static InetSocketAddress at(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }

  private final NodeLaunch launch =
      new NodeLaunch(
          "a.b.Node",
          "n1",
          3,
          new Config("server", Map.of("n1", "server"), Map.of("variant", "correct")),
          Path.of("/data/n1"),
          at("127.3.4.5", 7001),
          at("n1", 7002),
          Map.of("n2", at("n2", 7003)),
          at("time", 123),
          -5,
          -2_000_000_000L,
          20_000,
          1_700_000_000L);

  @Test
  void itComesBackFromItsJson() {
    String text = Json.write(launch.toJson());
    assertThat(NodeLaunch.fromJson(JsonView.parse("launch", text))).isEqualTo(launch);
  }

  @Test
  void withoutATimeServerItComesBackToo() {
    var json = launch.toJson();
    json.put("time", null);
    assertThat(NodeLaunch.fromJson(JsonView.of("launch", json)).time()).isNull();
  }

  @Test
  void aWrongAddressIsNamed() {
    var json = launch.toJson();
    json.put("listen", "7002");
    assertThatThrownBy(() -> NodeLaunch.fromJson(JsonView.of("launch", json)))
        .isInstanceOf(JsonException.class)
        .hasMessage("launch.listen: '7002' is not HOST:PORT");
  }
}
