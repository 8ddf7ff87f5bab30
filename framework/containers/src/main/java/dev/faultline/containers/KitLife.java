package dev.faultline.containers;

import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment.Request;
import dev.faultline.harness.nodes.NodePort;
import dev.faultline.json.Json;
import dev.faultline.node.Config;
import dev.faultline.node.process.NodeLaunch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A node of the kit, reached over its control connection, which no proxy carries. */
final class KitLife implements Life {
  /** Its disk: the container's own, which a kill keeps. */
  private static final Path DATA = Path.of("/var/lib/faultline");

  private final Request request;
  private final NodeSpec node;
  private final Kit kit;
  private final Layout layout;
  private final Path directory;
  private final NodePort port;
  private final AtomicLong lastSeq = new AtomicLong();
  private volatile int incarnation = 1;

  KitLife(Request request, NodeSpec node, Kit kit, Layout layout, Path directory) {
    this.request = request;
    this.node = node;
    this.kit = kit;
    this.layout = layout;
    this.directory = directory;
    this.port = new NodePort(node.id(), this::event);
  }

  NodePort port() {
    return port;
  }

  private void event(
      String from, int of, long seq, String name, Map<String, @Nullable Object> facts) {
    lastSeq.set(seq);
    request.events().event(from, of, seq, name, facts);
  }

  @Override
  public void prepare(int next) throws IOException {
    incarnation = next;
    lastSeq.set(0);
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>(layout.dials(node.id()));
    InetSocketAddress time = peers.remove(Layout.TIME);
    NodeLaunch launch =
        new NodeLaunch(
            kit.type().getName(),
            node.id(),
            next,
            new Config(node.role(), request.deployment().members(), kit.options()),
            DATA,
            new InetSocketAddress("0.0.0.0", Layout.CONTROL_PORT),
            new InetSocketAddress("0.0.0.0", Layout.NODE_PORT),
            peers,
            time,
            request.setup().seed(),
            port.clock().offsetNanos(),
            port.clock().driftPpm(),
            port.frozenAt());
    Files.writeString(directory.resolve(HostLife.FILE), Json.write(launch.toJson()));
  }

  @Override
  public void started(int of, Duration within) throws IOException {
    String address = layout.subnet(node.id()).resident();
    port.connect(new InetSocketAddress(address, Layout.CONTROL_PORT), within);
  }

  /** Not before all of them listen, else the first messages are lost. */
  @Override
  public void begin(Duration within) throws IOException {
    port.begin(within);
  }

  @Override
  public void line(String line) {}

  @Override
  public boolean stop() {
    port.stop();
    return true;
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
  public void died(String why) {
    request
        .events()
        .event(node.id(), incarnation, lastSeq.get() + 1, "crashed", Map.of("why", why));
  }

  @Override
  public void close() {
    port.close();
  }
}
