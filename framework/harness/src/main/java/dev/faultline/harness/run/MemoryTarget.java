package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Registers in memory behind nodes that can be frozen and killed; answers at once. */
final class MemoryTarget implements Target {
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Long> registers = new ConcurrentHashMap<>();
  private final LongAdder calls = new LongAdder();

  MemoryTarget(int count) {
    for (int i = 1; i <= count; i++) {
      nodes.put("n" + i, new Node());
    }
  }

  /** Whether a node answers; who calls a frozen one waits. */
  static final class Node {
    private volatile boolean down;
    private volatile @Nullable CountDownLatch frozen;

    void freeze() {
      frozen = new CountDownLatch(1);
    }

    void thaw() {
      CountDownLatch waiting = frozen;
      frozen = null;
      if (waiting != null) {
        waiting.countDown();
      }
    }

    void down(boolean now) {
      down = now;
    }
  }

  List<String> nodes() {
    return List.copyOf(nodes.keySet());
  }

  /** How many calls came, answered or not. */
  long calls() {
    return calls.sum();
  }

  Cluster cluster() {
    return new MemoryCluster(nodes);
  }

  private Client.Result answer(Node node, Client.Invocation op) throws InterruptedException {
    calls.increment();
    CountDownLatch frozen = node.frozen;
    if (frozen != null) {
      frozen.await();
    }
    if (node.down) {
      return new Client.Result.Fail("down");
    }
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "read" -> new Client.Result.Ok(registers.get(key));
      case "write" -> {
        registers.put(key, (Long) op.value());
        yield new Client.Result.Ok(null);
      }
      default -> new Client.Result.Ok(op.value() instanceof List<?> pair && swap(key, pair));
    };
  }

  private boolean swap(String key, List<?> pair) {
    return pair.get(0) instanceof Long from
        && pair.get(1) instanceof Long to
        && registers.replace(key, from, to);
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new Client.Blocking() {
      @Override
      public Set<String> definite(String f) {
        return Set.of("down", "no such node");
      }

      @Override
      public boolean hosted() {
        return false;
      }

      @Override
      public Client.Session open(Client.Context context) {
        Node node = nodes.get(context.node());
        return new Client.Session() {
          @Override
          public Client.Result invoke(Client.Invocation op) throws InterruptedException {
            return node == null ? new Client.Result.Fail("no such node") : answer(node, op);
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public String kind() {
    return "bench";
  }

  @Override
  public String summary() {
    return "registers in memory";
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<Variant> variants() {
    return List.of(new Variant("correct", "answers at once"));
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public List<Claim> claims() {
    return List.of();
  }

  @Override
  public List<String> environments() {
    return List.of();
  }

  @Override
  public List<String> interfaces() {
    return List.of("memory");
  }

  @Override
  public Deployment deployment(Setup setup) {
    return new Deployment(List.of(), Duration.ofSeconds(1));
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return Map.of();
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return List.of();
  }
}
