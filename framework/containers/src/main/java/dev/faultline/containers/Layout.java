package dev.faultline.containers;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment.Request;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.proxy.Wire;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who lives where and which wires there are; pure. Every node, hosted client and the time server
 * has a network of its own, on which the only other member is the proxy, which is on all of them.
 * On the network of {@code e1} the names {@code e2} and {@code e3} are the proxy's. The proxy alone
 * is also on the hub, where the harness reaches its API and the wires of its own clients. The
 * harness reaches every container at its address on its own network, as Linux's bridges allow.
 */
final class Layout {
  /** Where nodes of the kit listen for nodes and clients. */
  static final int NODE_PORT = 7000;

  /** Where nodes of the kit and client hosts listen for the harness. */
  static final int CONTROL_PORT = 7001;

  /** Where the time server listens. */
  static final int TIME_PORT = 7002;

  /** Where Toxiproxy's API listens. */
  static final int API_PORT = 8474;

  /** The time server's name among the ends of links. */
  static final String TIME = "time";

  private static final int WIRE_PORTS = 9001;

  private final Subnet hub;
  private final Map<String, Subnet> places;
  private final Set<String> nodes;
  private final List<Wire> wires = new ArrayList<>();
  private final Map<String, Map<String, InetSocketAddress>> dials = new LinkedHashMap<>();

  /** How many subnets a request needs. */
  static int subnets(Request request) {
    return 1 + residents(request).size();
  }

  Layout(Request request, List<Subnet> subnets) {
    hub = subnets.get(0);
    places = new LinkedHashMap<>();
    int next = 1;
    for (String resident : residents(request)) {
      places.put(resident, subnets.get(next++));
    }
    nodes = new LinkedHashSet<>(request.deployment().members().keySet());
    for (NodeSpec dialler : request.deployment().nodes()) {
      wiresOf(dialler, request.deployment());
    }
    int port = WIRE_PORTS;
    for (ClientSpec client : request.clients()) {
      Subnet home = request.hosted() ? subnet(client.id()) : hub;
      for (NodeSpec node : request.deployment().nodes()) {
        wire(client.id() + "-" + node.id(), client.id(), node.id(), home, port++, entry(node));
      }
    }
  }

  private static Set<String> residents(Request request) {
    Set<String> residents = new LinkedHashSet<>(request.deployment().members().keySet());
    if (request.hosted()) {
      request.clients().forEach(c -> residents.add(c.id()));
    }
    if (followed(request.deployment())) {
      residents.add(TIME);
    }
    return residents;
  }

  /** Whether there is a time server. */
  static boolean followed(Deployment deployment) {
    return deployment.nodes().stream()
        .anyMatch(n -> n.launch() instanceof Kit kit && kit.followsTimeServer());
  }

  private void wiresOf(NodeSpec dialler, Deployment deployment) {
    Subnet home = subnet(dialler.id());
    Map<Integer, String> taken = new LinkedHashMap<>();
    int own = WIRE_PORTS;
    for (NodeSpec listener : deployment.nodes()) {
      String pair = dialler.id() + "-" + listener.id();
      own++;
      if (listener.id().equals(dialler.id())) {
        continue;
      }
      switch (listener.launch()) {
        case Kit kit -> wire(pair, dialler.id(), listener.id(), home, own, NODE_PORT);
        case Image image -> {
          for (int port : image.peerPorts()) {
            String other = taken.put(port, listener.id());
            if (other != null) {
              throw new EnvironmentException(
                  "%s and %s both have the peer port %d; on the network of %s both are one address, so give each node ports of its own"
                      .formatted(other, listener.id(), port, dialler.id()));
            }
            String name = image.peerPorts().size() == 1 ? pair : pair + "-" + port;
            wire(name, dialler.id(), listener.id(), home, port, port);
          }
        }
      }
    }
    if (dialler.launch() instanceof Kit kit && kit.followsTimeServer()) {
      wire(dialler.id() + "-" + TIME, dialler.id(), TIME, home, WIRE_PORTS, TIME_PORT);
    }
  }

  private static int entry(NodeSpec node) {
    return switch (node.launch()) {
      case Kit kit -> NODE_PORT;
      case Image image -> image.clientPort();
    };
  }

  private void wire(
      String name, String dialler, String listener, Subnet home, int port, int target) {
    wires.add(
        new Wire(
            name,
            dialler,
            listener,
            home.proxy() + ":" + port,
            subnet(listener).resident() + ":" + target));
    dials
        .computeIfAbsent(dialler, d -> new LinkedHashMap<>())
        .putIfAbsent(listener, new InetSocketAddress(home.proxy(), port));
  }

  Subnet hub() {
    return hub;
  }

  /** Every network but the hub, by who lives on it. */
  Map<String, Subnet> places() {
    return places;
  }

  Subnet subnet(String resident) {
    Subnet subnet = places.get(resident);
    if (subnet == null) {
      throw new EnvironmentException(
          "no node or client host '%s'; there are %s".formatted(resident, places.keySet()));
    }
    return subnet;
  }

  /** Names that mean the proxy on a resident's network. */
  List<String> aliases(String resident) {
    return nodes.stream().filter(n -> !n.equals(resident)).toList();
  }

  List<Wire> wires() {
    return wires;
  }

  /** Where somebody dials the others, through wires of its own. */
  Map<String, InetSocketAddress> dials(String dialler) {
    return dials.getOrDefault(dialler, Map.of());
  }

  /** The first wire that one dials to the other, or null. */
  @Nullable Wire wire(String dialler, String listener) {
    return wires.stream()
        .filter(w -> w.dialler().equals(dialler) && w.listener().equals(listener))
        .findFirst()
        .orElse(null);
  }
}
