package dev.faultline.proxy;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Link;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Directions of messages, carried out as toxics of wires. A direction {@code a→b} is the upstream
 * stream of every wire that a dialled to b and the downstream stream of every wire that b dialled
 * to a: what counts is who speaks, not who opened the connection.
 *
 * <p>Any thread may call; calls are carried out one after another, each on all its wires at once.
 * How a state becomes toxics, and in what order, is {@link WirePlan}'s to say.
 */
public final class ProxyLinks implements AutoCloseable {
  // Not synchronized: callers may be virtual threads, and the calls go over the network.
  private final ReentrantLock turn = new ReentrantLock();
  private final ToxiproxyControl control;
  private final List<WirePort> ports;
  private final Map<Link, LinkState> states = new LinkedHashMap<>();
  private final Carrier carrier;
  private final JitterSteps jitter = new JitterSteps(this::step);

  /** Asks the server, the built-in one, for nothing yet. */
  public ProxyLinks(ToxiproxyControl control, List<Wire> wires) {
    this(control, wires, new Carrier(true, 0));
  }

  /** Asks the server for nothing yet. */
  public ProxyLinks(ToxiproxyControl control, List<Wire> wires, Carrier carrier) {
    this.carrier = carrier;
    this.control = control;
    this.ports = wires.stream().map(wire -> new WirePort(control, wire)).toList();
    Set<String> names = new LinkedHashSet<>();
    for (Wire wire : wires) {
      if (!names.add(wire.name())) {
        throw new IllegalArgumentException(
            "wire %s is named twice; each needs a proxy of its own".formatted(wire.name()));
      }
      states.put(new Link(wire.dialler(), wire.listener()), LinkState.CLEAR);
      states.put(new Link(wire.listener(), wire.dialler()), LinkState.CLEAR);
    }
  }

  /**
   * Makes the proxies of all wires, in the clear state.
   *
   * @throws EnvironmentException if the server refuses one; {@link #close} removes the others
   */
  public void open() {
    locked(() -> onEach(ports, WirePort::open));
  }

  /**
   * Where {@code dialler} reaches {@code listener}: the first such wire, once open.
   *
   * @throws EnvironmentException if there is none
   */
  public InetSocketAddress listen(String dialler, String listener) {
    return ports.stream()
        .filter(p -> p.wire().dialler().equals(dialler) && p.wire().listener().equals(listener))
        .findFirst()
        .orElseThrow(() -> noWire("from " + dialler + " to " + listener))
        .address();
  }

  /** Where a wire is dialled, by its name, once open. */
  public InetSocketAddress listen(String wire) {
    return ports.stream()
        .filter(p -> p.wire().name().equals(wire))
        .findFirst()
        .orElseThrow(() -> noWire("named " + wire))
        .address();
  }

  /** All directions that can be disturbed: both of each wire. */
  public List<Link> links() {
    return List.copyOf(states.keySet());
  }

  /**
   * Brings each named direction to that state, from whatever it was; the others keep theirs.
   * Returns when every server call was answered.
   *
   * @throws EnvironmentException if a direction has no wire (then nothing is done), or if the
   *     server fails; then the next call brings the wires concerned to what was asked for
   */
  public void set(Map<Link, LinkState> wanted) {
    for (Link link : wanted.keySet()) {
      if (!states.containsKey(link)) {
        throw new EnvironmentException(
            "link %s: no wire carries it; there are %s".formatted(link, states.keySet()));
      }
    }
    locked(() -> {
      states.putAll(wanted);
      onEach(ports, this::bring);
      jitter.wanted(!carrier.own() && states.values().stream().anyMatch(ProxyLinks::jitters));
    });
  }

  private void bring(WirePort port) {
    LinkState up = state(port.upstream());
    LinkState down = state(port.downstream());
    port.bring(
        up,
        down,
        new WirePlan.Jitter(
            carrier.own(), drawn(port, Stream.UPSTREAM, up), drawn(port, Stream.DOWNSTREAM, down)));
  }

  private long drawn(WirePort port, Stream stream, LinkState state) {
    long millis = state.effect().jitter().toMillis();
    // With less latency than jitter, nothing comes before it was sent.
    long early = Math.max(0, millis - state.effect().latency().toMillis());
    return millis == 0
        ? 0
        : Math.max(0, carrier.drawn(jitter.step(), port.wire().name(), stream, millis) - early);
  }

  private static boolean jitters(LinkState state) {
    return !state.effect().jitter().isZero();
  }

  /** Another latency on each link that has jitter. */
  private void step() {
    locked(() ->
        onEach(
            ports.stream()
                .filter(p -> jitters(state(p.upstream())) || jitters(state(p.downstream())))
                .toList(),
            this::bring));
  }

  /** What toxics of ours did on one direction, over all its wires. */
  public Cluster.Tally tally(Link link) {
    Map<String, Cluster.Tally> byStream = control.tallies();
    Cluster.Tally tally = Cluster.Tally.NONE;
    for (WirePort port : ports) {
      for (Stream stream : Stream.values()) {
        Link of = stream == Stream.UPSTREAM ? port.upstream() : port.downstream();
        Cluster.Tally one = byStream.get(Metrics.key(port.wire().name(), stream.text()));
        tally = of.equals(link) && one != null ? FaultCounts.sum(tally, one) : tally;
      }
    }
    return tally;
  }

  /** Brings every direction to the clear state. */
  public void clear() {
    Map<Link, LinkState> clear = new LinkedHashMap<>();
    states.keySet().forEach(link -> clear.put(link, LinkState.CLEAR));
    set(clear);
  }

  /**
   * The bytes of one direction, over all its wires and connections; see {@link Counters} for when a
   * server counts them.
   */
  public Counters counters(Link link) {
    return allCounters().getOrDefault(link, Counters.NONE);
  }

  /** The bytes of all directions, in one request. */
  public Map<Link, Counters> allCounters() {
    Map<String, Counters> byStream = control.counters();
    Map<Link, Counters> byLink = new LinkedHashMap<>();
    for (WirePort port : ports) {
      for (Stream stream : Stream.values()) {
        String key = Metrics.key(port.wire().name(), stream.text());
        byLink.merge(
            stream == Stream.UPSTREAM ? port.upstream() : port.downstream(),
            byStream.getOrDefault(key, Counters.NONE),
            Counters::plus);
      }
    }
    return byLink;
  }

  /** Removes the proxies that {@link #open} made, as far as the server still answers. */
  @Override
  public void close() {
    jitter.wanted(false);
    locked(() -> onEach(ports, WirePort::close));
  }

  private LinkState state(Link link) {
    return states.getOrDefault(link, LinkState.CLEAR);
  }

  private EnvironmentException noWire(String which) {
    return new EnvironmentException(
        "no wire %s; there are %s"
            .formatted(which, ports.stream().map(p -> p.wire().name()).toList()));
  }

  private void locked(Runnable action) {
    turn.lock();
    try {
      action.run();
    } finally {
      turn.unlock();
    }
  }

  /** All at once, so that a cut of many wires is close to one moment. The first failure is told. */
  private static void onEach(List<WirePort> ports, Consumer<WirePort> action) {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (WirePort port : ports) {
        running.add(threads.submit(() -> action.accept(port)));
      }
    }
    EnvironmentException first = null;
    for (Future<?> done : running) {
      try {
        done.get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (!(cause instanceof EnvironmentException failure)) {
          throw new IllegalStateException(cause);
        }
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("interrupted while setting links", e);
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
