package dev.faultline.containers;

import dev.faultline.harness.Administration;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment.Request;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.nodes.FrameChannel;
import dev.faultline.spec.Link;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A run's containers behind the seam of every environment. */
final class ContainerCluster implements Cluster {
  private static final Duration SETUP = Duration.ofSeconds(90);

  private final Request request;
  private final Map<Link, LinkState> states = new ConcurrentHashMap<>();
  private @Nullable Started started;

  ContainerCluster(Request request) {
    this.request = request;
  }

  @Override
  public CompletableFuture<Void> start() {
    return Engine.ask(
        "start",
        request.deployment().readyWithin().plus(SETUP),
        () -> {
          Started now = new Started(request, Engine.connect());
          hold(now);
          now.start();
          return null;
        });
  }

  private synchronized void hold(Started now) {
    started = now;
  }

  private synchronized @Nullable Started held() {
    return started;
  }

  private Started running() {
    Started now = held();
    if (now == null) {
      throw new EnvironmentException("containers: the cluster is not started");
    }
    return now;
  }

  /** Who lives where, once started. */
  Layout layout() {
    return running().layout();
  }

  /** What is preloaded, once started. */
  Shims shims() {
    return running().shims();
  }

  @Override
  public Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    Started now = held();
    if (now != null) {
      versions.put("proxy", now.means());
      versions.put("engine", now.engineVersion());
    }
    return versions;
  }

  @Override
  public Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    for (String node : request.deployment().members().keySet()) {
      places.put(node, "container " + Labels.name(request.runId(), node));
    }
    return places;
  }

  /** The names of both ends do not depend on addresses. */
  @Override
  public List<Link> links() {
    List<Subnet> anySubnets =
        LongStream.range(0, Layout.subnets(request))
            .mapToObj(i -> new Subnet(i * Subnet.SIZE))
            .toList();
    Set<Link> links = new LinkedHashSet<>();
    new Layout(request, anySubnets)
        .wires()
        .forEach(wire -> {
          links.add(new Link(wire.dialler(), wire.listener()));
          links.add(new Link(wire.listener(), wire.dialler()));
        });
    return List.copyOf(links);
  }

  @Override
  public Channel connect(String client, String node, ChannelListener listener) {
    return FrameChannel.open(client, endpoint(client, node), listener);
  }

  private InetSocketAddress endpoint(String client, String node) {
    InetSocketAddress address = endpoints(client).get(node);
    if (address == null) {
      throw new EnvironmentException("no wire from client '" + client + "' to '" + node + "'");
    }
    return address;
  }

  @Override
  public Map<String, InetSocketAddress> endpoints(String client) {
    return running().layout().dials(client);
  }

  @Override
  public Host host(String client, String node) {
    HostLife host = running().hosts().get(client);
    if (host == null) {
      throw new EnvironmentException("client '" + client + "' has no host");
    }
    return host.port();
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node) {
    return ask("kill " + node, now -> now.member(node).kill());
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String node, Unsynced unsynced) {
    return switch (unsynced) {
      case KEEP_PREFIX -> kill(node);
      case LOSE, TORN ->
          ask("kill " + node, now -> now.member(node).strike(unsynced == Unsynced.TORN));
      case WIPE -> {
        kit(node).port().disk().wipe();
        yield kill(node);
      }
    };
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> stop(String node) {
    return ask("stop " + node, now -> now.member(node).stop());
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> restart(String node) {
    Duration within = request.deployment().readyWithin();
    return ask("restart " + node, now -> now.member(node).restart(within));
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> pause(String node) {
    return ask("pause " + node, now -> now.member(node).pause());
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> resume(String node) {
    return ask("resume " + node, now -> now.member(node).resume());
  }

  private <T> CompletableFuture<T> ask(String what, Function<Started, T> action) {
    return Engine.ask(what, Engine.BOUND, () -> action.apply(running()));
  }

  @Override
  public CompletableFuture<Void> setLinks(Map<Link, LinkState> wanted) {
    Map<Link, LinkState> copy = new LinkedHashMap<>(wanted);
    return Engine.ask(
        "set links",
        Engine.BOUND,
        () -> {
          running().links().set(copy);
          states.putAll(copy);
          return null;
        });
  }

  @Override
  public CompletableFuture<Probe> probe(Link link, int bytes, Duration within) {
    Started now = running();
    KitLife from = now.kits().get(link.from());
    KitLife to = now.kits().get(link.to());
    if (from != null && to != null) {
      return from.port().probe(to.port(), bytes, within);
    }
    if (from != null && link.to().equals(Layout.TIME)) {
      return from.port().probeTime(true, bytes, within).thenApply(p -> p.orElse(NOTHING));
    }
    if (to != null && link.from().equals(Layout.TIME)) {
      return to.port().probeTime(false, bytes, within).thenApply(p -> p.orElse(NOTHING));
    }
    if (to != null) {
      return to.port().probeFrom(link.from(), endpoint(link.from(), link.to()), bytes, within);
    }
    if (from != null) {
      return from.port()
          .probeTo(link.to(), endpoint(link.to(), link.from()), bytes, within)
          .thenApply(p -> p.orElse(NOTHING));
    }
    LinkState back = states.getOrDefault(link.reversed(), LinkState.CLEAR);
    return Engine.ask(
        "probe " + link,
        within.multipliedBy(2).plus(Engine.BOUND),
        () -> new WireProbe(now.layout(), now.control()).probe(link, back, bytes, within));
  }

  @Override
  public CompletableFuture<Tally> tally(Link link) {
    return ask("count on " + link, now -> now.links().tally(link));
  }

  /** What was asked for did not come through, so nothing is known of the way back. */
  private static final Probe NOTHING =
      new Probe(false, 0, "counters", Map.of("bytesIn", 0L, "bytesOut", 0L));

  @Override
  public void renew(Duration lease) {
    request.warden().renew(lease);
    running().shims().renew(lease);
    for (KitLife kit : running().kits().values()) {
      CompletableFuture<Void> unused =
          Engine.ask(
              "lease",
              Engine.BOUND,
              () -> {
                kit.port().renew(lease);
                return null;
              });
    }
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> administer(
      String action, String node, boolean begin) {
    Administration offers = request.deployment().administration();
    if (offers == null) {
      return Cluster.super.administer(action, node, begin);
    }
    AdminAccess access = new AdminAccess(running(), request.deployment());
    return Engine.ask(
        "admin." + action + " " + node,
        Engine.BOUND,
        () -> begin ? offers.begin(action, node, access) : offers.end(action, node, access));
  }

  /** Runs a program in a node's container. */
  CompletableFuture<Engine.Said> execute(String node, String... command) {
    return ask(command[0] + " in " + node, now -> now.member(node).execute(command));
  }

  @Override
  public CompletableFuture<Void> setDisk(String node, Trouble trouble) {
    Started now = running();
    return now.disks().has(node)
        ? Engine.ask(
            "disk of " + node,
            Engine.BOUND,
            () -> {
              now.disks().set(node, trouble, now.member(node));
              return null;
            })
        : kit(node).port().disk().set(trouble);
  }

  @Override
  public Damage damage(String node) {
    LoopDisks disks = running().disks();
    return disks.has(node) ? disks.damage(node) : kit(node).port().disk().damage();
  }

  @Override
  public CompletableFuture<Void> setClock(String node, ClockState state) {
    Started now = running();
    if (!now.shims().has(node)) {
      return kit(node).port().steer(state);
    }
    now.shims().set(node, state);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<ClockReading> readClock(String node) {
    Started now = running();
    if (now.shims().has(node)) {
      return ask("clock of " + node, cluster -> Shims.read(node, cluster.member(node)));
    }
    HostLife host = now.hosts().get(node);
    return host != null ? host.port().readClock() : kit(node).port().readClock();
  }

  private KitLife kit(String node) {
    KitLife kit = running().kits().get(node);
    if (kit == null) {
      throw new EnvironmentException(
          node
              + ": a clock can be read and set where a node is written on the node kit or links libc"
              + " dynamically");
    }
    return kit;
  }

  @Override
  public CompletableFuture<List<String>> close() {
    Started now = held();
    if (now == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    return Engine.ask("close", SETUP, now::close)
        .exceptionally(e -> new ArrayList<>(List.of(String.valueOf(e.getMessage()))));
  }
}
