package dev.faultline.harness.run;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Link;
import dev.faultline.spec.Unsynced;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The nodes of {@link MemoryTarget}: no links, no clocks. */
record MemoryCluster(Map<String, MemoryTarget.Node> nodes) implements Cluster {
  private CompletableFuture<Map<String, @Nullable Object>> done(
      String name, String state, Consumer<MemoryTarget.Node> act) {
    MemoryTarget.Node node = nodes.get(name);
    if (node == null) {
      return CompletableFuture.failedFuture(new EnvironmentException("no node '" + name + "'"));
    }
    act.accept(node);
    Map<String, @Nullable Object> proof = new LinkedHashMap<>();
    proof.put("state", state);
    return CompletableFuture.completedFuture(proof);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node) {
    return done(node, "down", n -> n.down(true));
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node, Unsynced unsynced) {
    return kill(node);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> restart(String node) {
    return done(node, "up", n -> n.down(false));
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> pause(String node) {
    return done(node, "frozen", MemoryTarget.Node::freeze);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> resume(String node) {
    return done(node, "up", MemoryTarget.Node::thaw);
  }

  @Override
  public CompletableFuture<Void> start() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Map<String, String> versions() {
    return Map.of();
  }

  @Override
  public List<Link> links() {
    return List.of();
  }

  @Override
  public Channel connect(String client, String node, ChannelListener listener) {
    throw new EnvironmentException("no channels in memory");
  }

  @Override
  public Map<String, InetSocketAddress> endpoints(String client) {
    return Map.of();
  }

  @Override
  public Host host(String client, String node) {
    throw new EnvironmentException("no hosts in memory");
  }

  @Override
  public CompletableFuture<Void> setLinks(Map<Link, LinkState> states) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Probe> probe(Link link, int bytes, Duration within) {
    return CompletableFuture.failedFuture(new EnvironmentException("no links in memory"));
  }

  @Override
  public CompletableFuture<Void> setClock(String node, ClockState state) {
    return CompletableFuture.failedFuture(new EnvironmentException("no clocks in memory"));
  }

  @Override
  public CompletableFuture<ClockReading> readClock(String node) {
    return CompletableFuture.failedFuture(new EnvironmentException("no clocks in memory"));
  }

  @Override
  public CompletableFuture<List<String>> close() {
    return CompletableFuture.completedFuture(List.of());
  }
}
