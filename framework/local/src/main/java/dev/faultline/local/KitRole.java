package dev.faultline.local;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.nodes.NodePort;
import dev.faultline.harness.warden.JvmCommand;
import dev.faultline.json.Json;
import dev.faultline.node.Config;
import dev.faultline.node.process.NodeLaunch;
import dev.faultline.node.process.NodeMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A node of the kit.
 *
 * @param peers where it dials each other node: that link's proxy
 * @param time where it dials the time server, through a proxy too; null if it follows none
 */
record KitRole(
    String runId,
    Deployment.NodeSpec spec,
    Map<String, String> members,
    long seed,
    Path data,
    InetSocketAddress control,
    InetSocketAddress listen,
    Map<String, InetSocketAddress> peers,
    @Nullable InetSocketAddress time,
    NodePort port)
    implements Role {
  private static final int HEAP_MEGABYTES = 64;

  @Override
  public ProcessBuilder command(int incarnation) {
    Deployment.Kit kit = (Deployment.Kit) spec.launch();
    Cluster.ClockState clock = port.clock();
    NodeLaunch launch =
        new NodeLaunch(
            kit.type().getName(),
            spec.id(),
            incarnation,
            new Config(spec.role(), members, kit.options()),
            data,
            control,
            listen,
            peers,
            time,
            seed,
            clock.offsetNanos(),
            clock.driftPpm(),
            port.frozenAt());
    return JvmCommand.ofRun(
        runId,
        NodeMain.class,
        HEAP_MEGABYTES,
        List.of(kit.type()),
        List.of(Json.write(launch.toJson())));
  }

  @Override
  public void connect(Duration within) throws IOException {
    port.connect(control, within);
  }

  @Override
  public void begin(Duration within) throws IOException {
    port.begin(within);
  }

  @Override
  public void stop() {
    port.stop();
  }

  @Override
  public long strike(boolean torn) throws IOException {
    return port.disk().strike(torn);
  }

  @Override
  public Map<String, @Nullable Object> wiped() {
    return port.disk().takeWiped();
  }

  @Override
  public CompletableFuture<Void> ended() {
    return port.ended();
  }
}
