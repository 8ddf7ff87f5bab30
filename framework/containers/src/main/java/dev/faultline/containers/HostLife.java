package dev.faultline.containers;

import dev.faultline.harness.Environment.Request;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.harness.host.HostLaunch;
import dev.faultline.harness.host.HostPort;
import dev.faultline.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A hosted client, reached over its control connection, which no proxy carries. */
final class HostLife implements Life {
  /** Its launch file inside the directory that its container sees. */
  static final String FILE = "launch.json";

  private final Request request;
  private final ClientSpec client;
  private final Layout layout;
  private final Path directory;
  private final HostPort port;

  HostLife(Request request, ClientSpec client, Layout layout, Path directory) {
    this.request = request;
    this.client = client;
    this.layout = layout;
    this.directory = directory;
    this.port = new HostPort(client.id(), request.events());
  }

  HostPort port() {
    return port;
  }

  @Override
  public void prepare(int incarnation) throws IOException {
    HostLaunch launch =
        new HostLaunch(
            request.target(),
            request.clientInterface(),
            client.id(),
            client.node(),
            incarnation,
            request.setup(),
            layout.dials(client.id()),
            new InetSocketAddress("0.0.0.0", Layout.CONTROL_PORT));
    Files.writeString(directory.resolve(FILE), Json.write(launch.toJson()));
  }

  @Override
  public void started(int incarnation, Duration within) throws IOException {
    String address = layout.subnet(client.id()).resident();
    port.dial(new InetSocketAddress(address, Layout.CONTROL_PORT), within);
  }

  @Override
  public void begin(Duration within) {
    port.begin(within);
  }

  @Override
  public void line(String line) {}

  @Override
  public void died(String why) {
    request.events().event(client.id(), 0, 0, "crashed", java.util.Map.of("why", why));
  }

  @Override
  public void close() {
    port.close();
  }
}
