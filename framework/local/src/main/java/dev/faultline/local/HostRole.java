package dev.faultline.local;

import dev.faultline.harness.Environment;
import dev.faultline.harness.Workload;
import dev.faultline.harness.host.HostLaunch;
import dev.faultline.harness.host.HostMain;
import dev.faultline.harness.host.HostPort;
import dev.faultline.harness.warden.JvmCommand;
import dev.faultline.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The host of a hosted client.
 *
 * @param endpoints where the client reaches each node: its own links' proxies
 */
record HostRole(
    Environment.Request request,
    Workload.ClientSpec spec,
    Map<String, InetSocketAddress> endpoints,
    InetSocketAddress control,
    HostPort port)
    implements Role {
  private static final int HEAP_MEGABYTES = 128;

  @Override
  public ProcessBuilder command(int incarnation) {
    HostLaunch launch =
        new HostLaunch(
            request.target(),
            request.clientInterface(),
            spec.id(),
            spec.node(),
            incarnation,
            request.setup(),
            endpoints,
            control);
    return JvmCommand.ofRun(
        request.runId(),
        HostMain.class,
        HEAP_MEGABYTES,
        List.of(),
        List.of(Json.write(launch.toJson())));
  }

  @Override
  public void connect(Duration within) throws IOException {
    port.dial(control, within);
  }

  @Override
  public void begin(Duration within) {
    port.begin(within);
  }

  @Override
  public void stop() {
    port.close();
  }

  @Override
  public CompletableFuture<Void> ended() {
    return CompletableFuture.completedFuture(null);
  }
}
