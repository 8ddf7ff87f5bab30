package dev.faultline.local;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Workload;
import dev.faultline.harness.host.HostPort;
import dev.faultline.harness.nodes.FrameChannel;
import dev.faultline.harness.nodes.NodePort;
import dev.faultline.spec.Link;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The nodes of a run as processes on this machine. */
final class LocalCluster implements Cluster {
  private final Environment.Request request;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LocalRig rig;
  private final Map<String, NodePort> nodes = new LinkedHashMap<>();
  private final Map<String, HostPort> hosts = new LinkedHashMap<>();
  private final Map<String, LocalProcess> processes = new LinkedHashMap<>();

  LocalCluster(Environment.Request request) {
    this.request = request;
    this.rig = new LocalRig(request);
    LocalProcess.EventCount events = new LocalProcess.EventCount(request.events());
    for (Deployment.NodeSpec node : request.deployment().nodes()) {
      NodePort port = new NodePort(node.id(), events);
      nodes.put(node.id(), port);
      add(node.id(), rig.role(node, port), events);
    }
    if (request.hosted()) {
      for (Workload.ClientSpec client : request.clients()) {
        HostPort port = new HostPort(client.id(), events);
        hosts.put(client.id(), port);
        add(client.id(), rig.role(client, port), events);
      }
    }
  }

  private void add(String name, Role role, LocalProcess.EventCount events) {
    processes.put(
        name,
        new LocalProcess(
            name,
            role,
            request.nodeDir().resolve(name).resolve("node.log"),
            request.warden(),
            events));
  }

  @Override
  public CompletableFuture<Void> start() {
    Duration within = request.deployment().readyWithin();
    CompletableFuture<Void> links = run(rig::open);
    // Hosts connect when they carry out their first operation; only nodes dial at once.
    return all(p -> p.launch(within))
        .thenCombine(links, (a, b) -> a)
        .thenCompose(listening -> all(p -> p.begin(within)));
  }

  private CompletableFuture<Void> all(java.util.function.Consumer<LocalProcess> act) {
    return CompletableFuture.allOf(
        processes.values().stream()
            .map(p -> run(() -> act.accept(p)))
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public Map<String, String> versions() {
    return rig.versions();
  }

  @Override
  public Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    processes.forEach((name, process) -> places.put(name, process.place()));
    return places;
  }

  @Override
  public List<Link> links() {
    return rig.links();
  }

  @Override
  public Channel connect(String client, String node, ChannelListener listener) {
    return FrameChannel.open(client, rig.through(client, node), listener);
  }

  @Override
  public Map<String, InetSocketAddress> endpoints(String client) {
    return rig.plan().reaches(client);
  }

  @Override
  public Host host(String client, String node) {
    return find(hosts, client, "hosted client");
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node) {
    return supply(() -> process(node).kill());
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node, Unsynced unsynced) {
    return switch (unsynced) {
      case KEEP_PREFIX -> kill(node);
      case LOSE, TORN -> supply(() -> process(node).strike(unsynced == Unsynced.TORN));
      case WIPE -> {
        find(nodes, node, "node").disk().wipe();
        yield kill(node);
      }
    };
  }

  @Override
  public CompletableFuture<Void> setDisk(String node, Trouble trouble) {
    CompletableFuture<Void> set = find(nodes, node, "node").disk().set(trouble);
    return process(node).isPaused() ? CompletableFuture.completedFuture(null) : set;
  }

  @Override
  public Damage damage(String node) {
    return find(nodes, node, "node").disk().damage();
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> stop(String node) {
    return supply(() -> process(node).stop());
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> restart(String node) {
    return supply(() -> process(node).restart(request.deployment().readyWithin()));
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> pause(String node) {
    return supply(() -> process(node).pause());
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> resume(String node) {
    return supply(() -> process(node).resume());
  }

  @Override
  public CompletableFuture<Void> setLinks(Map<Link, LinkState> states) {
    return run(() -> rig.set(states));
  }

  @Override
  public CompletableFuture<Probe> probe(Link link, int bytes, Duration within) {
    NodePort from = nodes.get(link.from());
    NodePort to = nodes.get(link.to());
    if (from != null && to != null) {
      return from.probe(to, bytes, within);
    }
    if (to != null && !link.from().equals(Plan.TIME)) {
      return at(link.from(), link.to())
          .thenCompose(through -> to.probeFrom(link.from(), through, bytes, within));
    }
    if (from != null && !link.to().equals(Plan.TIME)) {
      return at(link.to(), link.from())
          .thenCompose(through -> from.probeTo(link.to(), through, bytes, within))
          .thenCompose(seen -> orCounted(seen.orElse(null), link, within));
    }
    NodePort node = from == null ? to : from;
    if (node != null) {
      return node.probeTime(from != null, bytes, within)
          .thenCompose(seen -> orCounted(seen.orElse(null), link, within));
    }
    return CompletableFuture.failedFuture(rig.noLink(link));
  }

  @Override
  public CompletableFuture<Tally> tally(Link link) {
    return supply(() -> rig.tally(link));
  }

  private CompletableFuture<InetSocketAddress> at(String client, String node) {
    return supply(() -> rig.through(client, node));
  }

  private CompletableFuture<Probe> orCounted(@Nullable Probe seen, Link link, Duration within) {
    return seen != null
        ? CompletableFuture.completedFuture(seen)
        : supply(() -> rig.count(link, within));
  }

  @Override
  public void renew(Duration lease) {
    request.warden().renew(lease);
    nodes.values().forEach(node -> threads.execute(() -> node.renew(lease)));
  }

  @Override
  public CompletableFuture<Void> setClock(String node, ClockState state) {
    NodePort port = nodes.get(node);
    if (port == null) {
      return CompletableFuture.failedFuture(
          new EnvironmentException(
              "%s: only clocks of nodes can be steered in the environment local; there are %s"
                  .formatted(node, nodes.keySet())));
    }
    CompletableFuture<Void> steered = port.steer(state);
    // A stopped process finds the command when it goes on, and answers no sooner.
    return process(node).isPaused()
        ? CompletableFuture.completedFuture(null)
        : environment(steered, node + ", clock");
  }

  @Override
  public CompletableFuture<ClockReading> readClock(String node) {
    NodePort port = nodes.get(node);
    return environment(
        port == null ? find(hosts, node, "node").readClock() : port.readClock(), node + ", clock");
  }

  @Override
  public CompletableFuture<List<String>> close() {
    List<CompletableFuture<String>> ends =
        processes.values().stream()
            .map(p -> CompletableFuture.supplyAsync(p::close, threads))
            .toList();
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .thenApplyAsync(
            done -> {
              nodes.values().forEach(NodePort::close);
              hosts.values().forEach(HostPort::close);
              List<String> left = new java.util.ArrayList<>(rig.close());
              ends.stream().map(CompletableFuture::join).forEach(left::add);
              left.removeIf(String::isEmpty);
              return List.copyOf(left);
            },
            threads)
        .whenComplete((left, e) -> threads.shutdown());
  }

  private LocalProcess process(String name) {
    return find(processes, name, "node");
  }

  private static <T> T find(Map<String, T> all, String name, String what) {
    T found = all.get(name);
    if (found == null) {
      throw new EnvironmentException(
          "no %s '%s'; there are %s".formatted(what, name, all.keySet()));
    }
    return found;
  }

  private CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, threads);
  }

  private <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, threads);
  }

  private static <T> CompletableFuture<T> environment(CompletableFuture<T> future, String place) {
    return future.exceptionallyCompose(e -> {
      Throwable cause =
          e instanceof java.util.concurrent.CompletionException && e.getCause() != null
              ? e.getCause()
              : e;
      return CompletableFuture.failedFuture(new EnvironmentException(place + ": " + cause, cause));
    });
  }
}
