package dev.faultline.local;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.proxy.Wire;
import dev.faultline.spec.Link;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Who listens where, and the wires between them; fixed before anything starts.
 *
 * @param listen where each node takes messages
 * @param control where each node and host listens for the harness
 * @param proxies where the proxy of each wire listens, by the wire's name
 */
record Plan(
    Map<String, InetSocketAddress> listen,
    Map<String, InetSocketAddress> control,
    List<Wire> wires,
    Map<String, InetSocketAddress> proxies) {
  /** The time server, as links name it. */
  static final String TIME = "time";

  /**
   * @param time where the time server listens, if some node follows it
   */
  static Plan of(Environment.Request request, Addresses addresses, InetSocketAddress time) {
    Map<String, InetSocketAddress> listen = new LinkedHashMap<>();
    Map<String, InetSocketAddress> control = new LinkedHashMap<>();
    List<String> nodes = List.copyOf(request.deployment().members().keySet());
    for (String node : nodes) {
      listen.put(node, addresses.of(node));
      control.put(node, addresses.of(node));
    }
    Plan plan = new Plan(listen, control, new ArrayList<>(), new LinkedHashMap<>());
    for (String from : nodes) {
      for (String to : nodes) {
        if (!from.equals(to)) {
          plan.wire(from, to, found(listen, to), addresses);
        }
      }
    }
    boolean everyNode = request.hosted() || !codec(request);
    for (Workload.ClientSpec client : request.clients()) {
      if (request.hosted()) {
        control.put(client.id(), addresses.shared());
      }
      for (String node : everyNode ? nodes : List.of(client.node())) {
        plan.wire(client.id(), node, found(listen, node), addresses);
      }
    }
    for (Deployment.NodeSpec node : request.deployment().nodes()) {
      if (followsTime(node)) {
        plan.wire(node.id(), TIME, time, addresses);
      }
    }
    return plan;
  }

  static boolean followsTime(Deployment.NodeSpec node) {
    return node.launch() instanceof Deployment.Kit kit && kit.followsTimeServer();
  }

  /** Where {@code dialler} reaches each node that it has a wire to. */
  Map<String, InetSocketAddress> reaches(String dialler) {
    Map<String, InetSocketAddress> reached = new LinkedHashMap<>();
    for (Wire wire : wires) {
      if (wire.dialler().equals(dialler) && !wire.listener().equals(TIME)) {
        reached.put(wire.listener(), found(proxies, wire.name()));
      }
    }
    return reached;
  }

  /** Both directions of each wire. */
  List<Link> links() {
    Set<Link> links = new LinkedHashSet<>();
    for (Wire wire : wires) {
      links.add(new Link(wire.dialler(), wire.listener()));
      links.add(new Link(wire.listener(), wire.dialler()));
    }
    return List.copyOf(links);
  }

  private void wire(String from, String to, InetSocketAddress upstream, Addresses addresses) {
    String name = from + "-" + to;
    InetSocketAddress proxy = addresses.shared();
    wires.add(new Wire(name, from, to, text(proxy), text(upstream)));
    proxies.put(name, proxy);
  }

  /** An address that must be there. */
  static InetSocketAddress found(Map<String, InetSocketAddress> all, String name) {
    InetSocketAddress found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no address of " + name + " among " + all.keySet());
    }
    return found;
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** A codec client talks to the node that it is pinned to, any other to all of them. */
  private static boolean codec(Environment.Request request) {
    for (Target target : ServiceLoader.load(Target.class)) {
      if (target.id().equals(request.target())) {
        return target.client(request.clientInterface(), request.setup()) instanceof Client.Codec;
      }
    }
    return false;
  }
}
