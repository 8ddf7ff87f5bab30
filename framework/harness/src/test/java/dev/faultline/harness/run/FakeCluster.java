package dev.faultline.harness.run;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Scheduler;
import dev.faultline.node.Message;
import dev.faultline.spec.Link;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that share one value and answer after a millisecond, in the scheduler's time. A fault is
 * carried out unless the cluster is told to only say so.
 */
final class FakeCluster implements Cluster {
  private final Scheduler scheduler;
  private final List<String> nodes;
  private final Map<Link, LinkState> links = new HashMap<>();
  private final Set<String> frozen = new HashSet<>();
  private final Map<String, ClockState> clocks = new HashMap<>();
  private final List<Runnable> thawed = new ArrayList<>();
  private @Nullable Object value;
  private boolean wiped;
  boolean noOp;
  int renewals;

  /** Nothing passes any link at any time, cut or not. */
  boolean deaf;

  /** How it ends. */
  Supplier<CompletableFuture<List<String>>> ending =
      () -> CompletableFuture.completedFuture(List.of());

  /** How many more looks at a cut link count what passed before; negative for real probes. */
  private int countersBehind = -1;

  FakeCluster(Scheduler scheduler, List<String> nodes) {
    this.scheduler = scheduler;
    this.nodes = nodes;
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
    List<Link> all = new ArrayList<>();
    for (String a : nodes) {
      for (String b : nodes) {
        if (!a.equals(b)) {
          all.add(new Link(a, b));
        }
      }
    }
    return all;
  }

  @Override
  public Channel connect(String client, String node, ChannelListener listener) {
    return new Channel() {
      @Override
      public void send(Message message) {
        Scheduler.Task unused =
            scheduler.after(Duration.ofMillis(1), () -> arrive(node, message, listener));
      }

      @Override
      public void close() {}
    };
  }

  private void arrive(String node, Message message, ChannelListener listener) {
    if (frozen.contains(node)) {
      thawed.add(() -> arrive(node, message, listener));
      return;
    }
    if (message.type().equals("write")) {
      value = message.field("value");
    }
    listener.message(message.reply("ok", "value", value));
  }

  @Override
  public Map<String, InetSocketAddress> endpoints(String client) {
    return Map.of();
  }

  @Override
  public Host host(String client, String node) {
    throw new EnvironmentException("no hosts here");
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node) {
    return pause(node);
  }

  /** Loses nothing. */
  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node, Unsynced unsynced) {
    boolean loses = unsynced == Unsynced.LOSE || unsynced == Unsynced.TORN;
    wiped = unsynced == Unsynced.WIPE;
    return kill(node)
        .thenApply(proof -> {
          Map<String, @Nullable Object> all = new LinkedHashMap<>(proof);
          if (loses) {
            all.put("lost", 0L);
          }
          return all;
        });
  }

  /** Does nothing. */
  @Override
  public CompletableFuture<Void> setDisk(String node, Trouble trouble) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> administer(
      String action, String node, boolean begin) {
    Map<String, @Nullable Object> proof = new LinkedHashMap<>();
    if (!noOp) {
      proof.put("members", begin ? "n2" : "n1, n2");
    }
    return CompletableFuture.completedFuture(proof);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> restart(String node) {
    return resume(node)
        .thenApply(proof -> {
          Map<String, @Nullable Object> all = new LinkedHashMap<>(proof);
          if (wiped) {
            all.put("wiped", 0L);
          }
          return all;
        });
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> stop(String node) {
    return pause(node);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> pause(String node) {
    if (noOp) {
      return CompletableFuture.failedFuture(new EnvironmentException(node + " still runs"));
    }
    frozen.add(node);
    Map<String, @Nullable Object> proof = new HashMap<>();
    proof.put("state", "T");
    return CompletableFuture.completedFuture(proof);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> resume(String node) {
    frozen.remove(node);
    List<Runnable> due = List.copyOf(thawed);
    thawed.clear();
    due.forEach(Runnable::run);
    Map<String, @Nullable Object> proof = new HashMap<>();
    proof.put("state", "S");
    return CompletableFuture.completedFuture(proof);
  }

  @Override
  public CompletableFuture<Void> setLinks(Map<Link, LinkState> states) {
    if (!noOp) {
      links.putAll(states);
    }
    return CompletableFuture.completedFuture(null);
  }

  LinkState link(String from, String to) {
    return links.getOrDefault(new Link(from, to), LinkState.CLEAR);
  }

  /** No probe runs here; counters tell, and lag by so many looks. */
  void countersLagBehindCuts(int looks) {
    countersBehind = looks;
  }

  @Override
  public CompletableFuture<Probe> probe(Link link, int bytes, Duration within) {
    LinkState state = links.getOrDefault(link, LinkState.CLEAR);
    if (countersBehind >= 0 && state.cut() != null) {
      // Some of what is counted now passed before the cut.
      boolean behind = countersBehind > 0;
      countersBehind -= behind ? 1 : 0;
      return CompletableFuture.completedFuture(
          new Probe(
              behind, 0, "counters", Map.of("bytesIn", 100L, "bytesOut", behind ? 100L : 0L)));
    }
    boolean passes =
        !deaf && state.cut() == null && !state.effect().hang() && !state.effect().reset();
    long nanos = 1_000_000 + state.effect().latency().toNanos();
    return CompletableFuture.completedFuture(
        new Probe(passes, passes ? nanos : 0, "probe", Map.of()));
  }

  @Override
  public void renew(Duration lease) {
    renewals++;
  }

  @Override
  public CompletableFuture<Void> setClock(String node, ClockState state) {
    if (!noOp) {
      clocks.put(node, state);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<ClockReading> readClock(String node) {
    ClockState state = clocks.getOrDefault(node, ClockState.TRUE);
    long now = scheduler.now();
    long monotonic = now + now / 1_000_000 * state.driftPpm();
    return CompletableFuture.completedFuture(
        new ClockReading(state.frozen() ? -now : state.offsetNanos(), 1_000, monotonic, now));
  }

  @Override
  public CompletableFuture<List<String>> close() {
    return ending.get();
  }
}
