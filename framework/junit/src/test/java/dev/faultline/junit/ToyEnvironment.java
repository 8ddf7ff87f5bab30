package dev.faultline.junit;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Link;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where nothing needs to be started. */
abstract class ToyEnvironment implements Environment {
  /** Always available. */
  public static final class Memory extends ToyEnvironment {
    @Override
    public String id() {
      return "memory";
    }

    @Override
    public @Nullable String unavailable() {
      return null;
    }
  }

  /** Never available. */
  public static final class Absent extends ToyEnvironment {
    @Override
    public String id() {
      return "absent";
    }

    @Override
    public @Nullable String unavailable() {
      return "no engine answers; start one";
    }
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Set<String> capabilities(Deployment deployment) {
    return Set.of("pause");
  }

  @Override
  public Cluster cluster(Request request) {
    return new MemoryCluster(!request.setup().variant().equals("unpausable"));
  }

  private record MemoryCluster(boolean pauses) implements Cluster {
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
    public CompletableFuture<Map<String, @Nullable Object>> kill(String node) {
      return pause(node);
    }

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> restart(String node) {
      return state("S");
    }

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> pause(String node) {
      return pauses
          ? state("T")
          : CompletableFuture.failedFuture(new EnvironmentException(node + " is still running"));
    }

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> resume(String node) {
      return state("S");
    }

    private static CompletableFuture<Map<String, @Nullable Object>> state(String state) {
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      facts.put("state", state);
      return CompletableFuture.completedFuture(facts);
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
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<ClockReading> readClock(String node) {
      return CompletableFuture.completedFuture(new ClockReading(0, 0, 0, 0));
    }

    @Override
    public CompletableFuture<List<String>> close() {
      return CompletableFuture.completedFuture(List.of());
    }
  }
}
