package dev.faultline.blocking.kernel;

import dev.faultline.node.KeyedRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who listens where, and how long what is sent from host to host takes. */
final class Network {
  private static final long LOOPBACK = 10_000;
  private static final int FIRST_EPHEMERAL = 49_152;

  private final Universe universe;
  private final Map<String, SimSocket> listeners = new LinkedHashMap<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private long least = 200_000;
  private long most = 2_000_000;
  private int nextPort = FIRST_EPHEMERAL;

  Network(Universe universe) {
    this.universe = universe;
  }

  /** One direction between two hosts. */
  private static final class Link {
    private long sent;
    private boolean cut;
    private final List<Runnable> held = new ArrayList<>();
  }

  private Link link(Host from, Host to) {
    return links.computeIfAbsent(from.name + ">" + to.name, key -> new Link());
  }

  void cut(Host from, Host to) {
    link(from, to).cut = true;
  }

  void heal(Host from, Host to) {
    Link link = link(from, to);
    link.cut = false;
    List<Runnable> late = List.copyOf(link.held);
    link.held.clear();
    late.forEach(arrival -> carry(from, to, arrival));
  }

  void latency(long leastNanos, long mostNanos) {
    least = leastNanos;
    most = mostNanos;
  }

  /** Does something when a message gets there; a cut meets also what is under way. */
  void carry(Host from, Host to, Runnable arrival) {
    Link link = link(from, to);
    long delay = LOOPBACK;
    if (from != to) {
      long drawn = KeyedRandom.at(universe.seed(), link.sent++, "delay", from.name, to.name);
      delay = least + Math.floorMod(drawn, Math.max(1, most - least));
    }
    universe.timer(
        delay,
        () -> {
          if (link.cut) {
            link.held.add(arrival);
          } else {
            arrival.run();
          }
        });
  }

  int freePort(Host host) {
    while (listeners.containsKey(key(host, nextPort))) {
      nextPort++;
    }
    return nextPort++;
  }

  /** Whether it may listen there: nobody else does. */
  boolean listen(Host host, int port, SimSocket socket) {
    SimSocket other = listeners.putIfAbsent(key(host, port), socket);
    return other == null || other == socket;
  }

  void unlisten(Host host, int port, SimSocket socket) {
    listeners.remove(key(host, port), socket);
  }

  @Nullable SimSocket listener(Host host, int port) {
    return listeners.get(key(host, port));
  }

  private static String key(Host host, int port) {
    return host.name + ":" + port;
  }
}
