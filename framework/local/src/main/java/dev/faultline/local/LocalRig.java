package dev.faultline.local;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Workload;
import dev.faultline.harness.host.HostPort;
import dev.faultline.harness.nodes.NodePort;
import dev.faultline.harness.warden.Directories;
import dev.faultline.node.process.TimeServer;
import dev.faultline.proxy.Carrier;
import dev.faultline.proxy.Counters;
import dev.faultline.proxy.ProxyLinks;
import dev.faultline.proxy.ToxiproxyServers;
import dev.faultline.spec.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is around the processes of a run: addresses, disks, proxies and the time server. */
final class LocalRig {
  private static final long COUNT_EVERY_MILLIS = 20;

  private final Environment.Request request;
  private final Addresses addresses;
  private final Plan plan;
  private final Path disks;
  private final InetSocketAddress timeAddress;
  private @Nullable TimeServer time;
  private boolean closed;
  private volatile @Nullable ToxiproxyServers server;
  private volatile @Nullable ProxyLinks links;

  LocalRig(Environment.Request request) {
    this.request = request;
    this.addresses = Addresses.claim();
    this.timeAddress = addresses.shared();
    this.plan = Plan.of(request, addresses, timeAddress);
    try {
      // Before there is anything, so that nothing stays of a harness that dies in between.
      request.warden().leftovers("disks", request.runId());
      request.warden().leftovers("processes", request.runId());
      this.disks = DiskLeftovers.create(request.runId());
      request.warden().directory(disks);
    } catch (IOException e) {
      throw new EnvironmentException("environment local: " + e.getMessage(), e);
    }
  }

  /** Starts proxies and time server. */
  void open() {
    Path log = request.nodeDir().resolve("proxy").resolve("proxy.log");
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      if (request.deployment().nodes().stream().anyMatch(Plan::followsTime)) {
        keep(TimeServer.start(timeAddress));
      }
    } catch (IOException e) {
      throw new EnvironmentException("environment local: " + e.getMessage(), e);
    }
    ToxiproxyServers started =
        ToxiproxyServers.start(request.warden(), log, request.setup().seed());
    keep(started);
    ProxyLinks opened =
        new ProxyLinks(
            started.control(), plan.wires(), new Carrier(started.own(), request.setup().seed()));
    opened.open();
    links = opened;
  }

  private synchronized void keep(TimeServer started) {
    time = started;
    if (closed) {
      started.close();
    }
  }

  private synchronized void keep(ToxiproxyServers started) {
    server = started;
    if (closed) {
      started.close();
    }
  }

  Plan plan() {
    return plan;
  }

  Role role(Deployment.NodeSpec node, NodePort port) {
    return new KitRole(
        request.runId(),
        node,
        request.deployment().members(),
        request.setup().seed(),
        disks.resolve(node.id()),
        Plan.found(plan.control(), node.id()),
        Plan.found(plan.listen(), node.id()),
        plan.reaches(node.id()),
        Plan.followsTime(node) ? through(node.id(), Plan.TIME) : null,
        port);
  }

  Role role(Workload.ClientSpec client, HostPort port) {
    return new HostRole(
        request, client, plan.reaches(client.id()), Plan.found(plan.control(), client.id()), port);
  }

  /** Where a dialler reaches a listener: that wire's proxy. */
  InetSocketAddress through(String dialler, String listener) {
    InetSocketAddress proxy = plan.proxies().get(dialler + "-" + listener);
    if (proxy == null) {
      throw noLink(new Link(dialler, listener));
    }
    return proxy;
  }

  Map<String, String> versions() {
    ToxiproxyServers started = server;
    return started == null ? Map.of() : started.versions();
  }

  List<Link> links() {
    return plan.links();
  }

  void set(Map<Link, LinkState> states) {
    opened().set(states);
  }

  Cluster.Tally tally(Link link) {
    return opened().tally(link);
  }

  /** Whether bytes pass, by the proxy's counters: as soon as some do, or not within this time. */
  Cluster.Probe count(Link link, Duration within) {
    Counters before = opened().counters(link);
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Counters now = opened().counters(link);
      boolean passed = now.bytesOut() > before.bytesOut();
      if (passed || System.nanoTime() - end >= 0) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("bytesIn", now.bytesIn() - before.bytesIn());
        detail.put("bytesOut", now.bytesOut() - before.bytesOut());
        return new Cluster.Probe(passed, 0, "counters", detail);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(COUNT_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("link " + link + ": interrupted while counting", e);
      }
    }
  }

  EnvironmentException noLink(Link link) {
    return new EnvironmentException("no link %s; there are %s".formatted(link, links()));
  }

  /** Ends everything; what could not be ended is returned. */
  List<String> close() {
    List<String> left = new ArrayList<>();
    ToxiproxyServers proxies;
    TimeServer clock;
    synchronized (this) {
      closed = true;
      proxies = server;
      clock = time;
    }
    if (proxies != null) {
      try {
        proxies.close();
      } catch (RuntimeException e) {
        left.add("proxy: " + e.getMessage());
      }
    }
    if (clock != null) {
      clock.close();
    }
    if (!Directories.delete(disks)) {
      left.add("directory " + disks);
    }
    addresses.close();
    return left;
  }

  private ProxyLinks opened() {
    ProxyLinks now = links;
    if (now == null) {
      throw new EnvironmentException("the links are not open; start the cluster first");
    }
    return now;
  }
}
