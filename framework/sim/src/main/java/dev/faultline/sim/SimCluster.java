package dev.faultline.sim;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Trace;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.node.Config;
import dev.faultline.node.Message;
import dev.faultline.spec.Link;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The nodes of one run in virtual time. Everything completes on the loop. */
final class SimCluster implements Cluster {
  private static final String TIME = "time";

  /** How often a node asks the time server, so how soon it notices a change. */
  private static final Duration POLL = Duration.ofMillis(50);

  private final SimLoop loop;
  private final SimLinks links;
  private final Environment.Request request;
  private final @Nullable Trace trace;
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();
  private final Map<String, ChannelListener> clients = new LinkedHashMap<>();
  private final SimProcesses processes;
  private long sent;

  SimCluster(SimLoop loop, long seed, Environment.Request request, @Nullable Trace trace) {
    this.loop = loop;
    this.links = new SimLinks(loop, nodes, seed);
    this.request = request;
    this.trace = trace;
    this.processes = new SimProcesses(nodes, links);
    Map<String, String> members = request.deployment().members();
    for (Deployment.NodeSpec spec : request.deployment().nodes()) {
      Map<String, String> options =
          spec.launch() instanceof Deployment.Kit kit ? kit.options() : Map.of();
      Map<String, SimLinks.Line> lines = links.from(spec.id());
      nodes.put(
          spec.id(),
          new SimNode(
              loop,
              seed,
              spec,
              new Config(spec.role(), members, options),
              (to, message) -> send(lines, spec.id(), to, message),
              request.events(),
              trace));
    }
  }

  /** See {@link dev.faultline.harness.VirtualTime.World#reseed}. */
  void reseed(long salt) {
    links.reseed(salt);
    nodes.values().forEach(node -> node.reseed(salt));
  }

  private void send(Map<String, SimLinks.Line> lines, String from, String to, Message message) {
    SimLinks.Line known = lines.get(to);
    SimLinks.Line line = known == null ? links.line(new Link(from, to)) : known;
    Parcel parcel =
        trace == null
            ? new Parcel(from, to, line.receiver(), message)
            : new TracedParcel(from, to, line.receiver(), message, trace, ++sent);
    links.send(line, 0, parcel);
  }

  /** A message on its way. */
  class Parcel implements SimLinks.Cargo {
    final String from;
    final String to;
    final Message message;
    private final @Nullable SimNode node;

    Parcel(String from, String to, @Nullable SimNode node, Message message) {
      this.from = from;
      this.to = to;
      this.node = node;
      this.message = message;
    }

    @Override
    public void arrive() {
      if (node != null) {
        node.receive(this);
      } else {
        ChannelListener client = clients.get(to);
        if (client != null) {
          seen();
          client.message(message);
        } else {
          lost(Trace.Loss.NOBODY);
        }
      }
    }

    /** The receiver is about to see it. */
    void seen() {}
  }

  private final class TracedParcel extends Parcel {
    private final Trace trace;
    private final long id;

    TracedParcel(
        String from, String to, @Nullable SimNode node, Message message, Trace trace, long id) {
      super(from, to, node, message);
      this.trace = trace;
      this.id = id;
      trace.sent(loop.now(), id, from, to, message);
    }

    @Override
    void seen() {
      trace.delivered(loop.now(), id);
    }

    @Override
    public void lost(Trace.Loss why) {
      trace.lost(loop.now(), id, why);
    }

    @Override
    public void held() {
      trace.held(loop.now(), id);
    }
  }

  @Override
  public CompletableFuture<Void> start() {
    nodes.values().forEach(SimNode::start);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("links", "simulated");
  }

  @Override
  public List<Link> links() {
    List<Link> all = new ArrayList<>();
    for (String from : nodes.keySet()) {
      for (String to : nodes.keySet()) {
        if (!from.equals(to)) {
          all.add(new Link(from, to));
        }
      }
    }
    for (ClientSpec client : request.clients()) {
      both(all, client.id(), client.node());
    }
    for (Deployment.NodeSpec spec : request.deployment().nodes()) {
      if (spec.launch() instanceof Deployment.Kit kit && kit.followsTimeServer()) {
        both(all, spec.id(), TIME);
      }
    }
    return List.copyOf(all);
  }

  private static void both(List<Link> all, String a, String b) {
    all.add(new Link(a, b));
    all.add(new Link(b, a));
  }

  @Override
  public Channel connect(String client, String node, ChannelListener listener) {
    clients.put(client, listener);
    Map<String, SimLinks.Line> lines = links.from(client);
    return new Channel() {
      @Override
      public void send(Message message) {
        SimCluster.this.send(lines, client, node, message);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Map<String, InetSocketAddress> endpoints(String client) {
    throw new EnvironmentException(
        "client " + client + ": a real system's library cannot run in sim; use --env containers");
  }

  @Override
  public Host host(String client, String node) {
    throw new EnvironmentException(
        "client " + client + ": client hosts do not run in sim; use --env local or containers");
  }

  private SimNode node(String id) {
    return processes.node(id);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String id) {
    return processes.kill(id);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> kill(String id, Unsynced unsynced) {
    return processes.kill(id, unsynced);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> stop(String id) {
    return processes.stop(id);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> restart(String id) {
    return processes.restart(id);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> pause(String id) {
    return processes.pause(id);
  }

  @Override
  public CompletableFuture<Map<String, @Nullable Object>> resume(String id) {
    return processes.resume(id);
  }

  @Override
  public CompletableFuture<Void> setDisk(String id, Trouble trouble) {
    node(id).disk().set(trouble);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Damage damage(String id) {
    return node(id).disk().damage();
  }

  @Override
  public CompletableFuture<Void> setLinks(Map<Link, LinkState> states) {
    states.forEach(links::set);
    nodes.values().forEach(this::follow);
    return CompletableFuture.completedFuture(null);
  }

  /** A node believes that an answer took as long as its question: see the time path. */
  private void follow(SimNode node) {
    Fault ahead = delay(new Link(node.id(), TIME));
    Fault behind = delay(new Link(TIME, node.id()));
    if (!ahead.cut && !behind.cut) {
      long offset = (ahead.nanos - behind.nanos) / 2;
      SimLoop.Event unused =
          loop.at(
              loop.now() + POLL.toNanos() + ahead.nanos + behind.nanos,
              () -> node.clock().path(offset));
    }
  }

  private record Fault(boolean cut, long nanos) {}

  private Fault delay(Link link) {
    LinkState state = links.state(link);
    return new Fault(
        state.cut() != null || state.effect().hang(), state.effect().latency().toNanos());
  }

  @Override
  public CompletableFuture<Probe> probe(Link link, int bytes, Duration within) {
    CompletableFuture<Probe> result = new CompletableFuture<>();
    long sent = loop.now();
    if (!nodes.containsKey(link.from()) || nodes.get(link.from()).running()) {
      links.send(
          links.line(link),
          bytes,
          new SimLinks.Cargo() {
            @Override
            public void arrive() {
              if (!nodes.containsKey(link.to()) || nodes.get(link.to()).running()) {
                Map<String, @Nullable Object> detail =
                    SimProcesses.proof(
                        "closeNanos", links.state(link).effect().slowClose().toNanos());
                result.complete(new Probe(true, loop.now() - sent, "probe", detail));
              }
            }

            @Override
            public boolean message() {
              return false;
            }
          });
    }
    SimLoop.Event unused =
        loop.at(
            sent + within.toNanos(), () -> result.complete(new Probe(false, 0, "probe", Map.of())));
    return result;
  }

  /** No event and no draw, so that a run is the same whichever links are looked at. */
  @Override
  public CompletableFuture<Probe> glance(Link link, Duration within) {
    boolean up =
        (!nodes.containsKey(link.from()) || node(link.from()).running())
            && (!nodes.containsKey(link.to()) || node(link.to()).running());
    return CompletableFuture.completedFuture(
        new Probe(up && links.passes(link), 0, "probe", Map.of()));
  }

  @Override
  public CompletableFuture<Tally> tally(Link link) {
    return CompletableFuture.completedFuture(links.tally(link));
  }

  @Override
  public CompletableFuture<Void> setClock(String id, ClockState state) {
    node(id).steer(state);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<ClockReading> readClock(String id) {
    SimNode node = node(id);
    if (!node.running()) {
      return CompletableFuture.failedFuture(new EnvironmentException(id + " does not run"));
    }
    return CompletableFuture.completedFuture(
        new ClockReading(node.clock().skew(), 0, node.clock().monotonic(), loop.now()));
  }

  @Override
  public CompletableFuture<List<String>> close() {
    return CompletableFuture.completedFuture(List.of());
  }
}
