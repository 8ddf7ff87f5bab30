package dev.faultline.harness.nemesis;

import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import dev.faultline.spec.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns names, roles and selectors of a plan into nodes, as things stand now. */
final class Resolver {
  /** All clients. */
  static final String CLIENTS = "clients";

  private final Map<String, String> members;
  private final Set<String> others;
  private final Map<String, String> selectors;
  private final long seed;
  private final Map<String, String> latest = new LinkedHashMap<>();

  /**
   * @param members nodes with their roles
   * @param others further names that can be meant: clients, the time server
   * @param selectors selector to the event whose latest emitter it means
   * @param seed of what is drawn when a fault starts
   */
  Resolver(
      Map<String, String> members, Set<String> others, Map<String, String> selectors, long seed) {
    this.members = members;
    this.others = others;
    this.selectors = selectors;
    this.seed = seed;
  }

  /** A node reported an event. */
  void saw(String node, String event) {
    latest.put(event, node);
  }

  /** Who last reported an event; null if nobody has. */
  @Nullable String latest(String event) {
    return latest.get(event);
  }

  /** Raised while a selector means nobody. */
  static final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;

    Unresolved(String message) {
      super(message);
    }
  }

  /** All that a name means: one node, a role's, each, or each client. */
  List<String> all(String name, @Nullable String emitter) throws Unresolved {
    if (name.equals("*")) {
      return List.copyOf(members.keySet());
    }
    if (name.equals(CLIENTS)) {
      return others.stream().filter(o -> !o.equals(ClockDeed.TIME)).toList();
    }
    if (name.startsWith("role:")) {
      List<String> found =
          members.entrySet().stream()
              .filter(e -> e.getValue().equals(name.substring("role:".length())))
              .map(Map.Entry::getKey)
              .toList();
      if (found.isEmpty()) {
        throw new Unresolved("no node has the " + name);
      }
      return found;
    }
    if (name.equals("$event")) {
      if (emitter == null) {
        throw new Unresolved("$event is nobody: its event was not seen");
      }
      return List.of(emitter);
    }
    if (name.startsWith("$")) {
      String event = selectors.get(name);
      String node = event == null ? null : latest.get(event);
      if (node == null) {
        throw new Unresolved(name + " is nobody: no '" + event + "' was seen");
      }
      return List.of(node);
    }
    if (!members.containsKey(name) && !others.contains(name)) {
      throw new Unresolved("no node '" + name + "'");
    }
    return List.of(name);
  }

  /** The first that a name means. */
  String one(String name, @Nullable String emitter) throws Unresolved {
    return all(name, emitter).get(0);
  }

  /** {@code h2 (holder)}. */
  String describe(String node) {
    String role = members.get(node);
    return role == null || role.equals(node) ? node : node + " (" + role + ")";
  }

  /** Which directions a partition cuts, and how it reads. */
  record Cut(Set<Link> links, String text) {}

  Cut cut(Fault.Partition fault, @Nullable String emitter) throws Unresolved {
    List<List<String>> groups = new ArrayList<>();
    switch (fault.shape()) {
      case Shape.Groups g -> {
        for (List<String> names : g.groups()) {
          Set<String> group = new LinkedHashSet<>();
          for (String name : names) {
            group.addAll(all(name, emitter));
          }
          groups.forEach(group::removeAll);
          groups.add(List.copyOf(group));
        }
      }
      case Shape.Isolate isolate -> {
        List<String> alone =
            isolate.node().equals(CLIENTS)
                ? all(CLIENTS, emitter)
                : List.of(one(isolate.node(), emitter));
        groups.add(alone);
        groups.add(members.keySet().stream().filter(n -> !alone.contains(n)).toList());
      }
      case Shape.Bridge bridge -> {
        String node = one(bridge.node(), emitter);
        List<String> rest = members.keySet().stream().filter(n -> !n.equals(node)).toList();
        groups.add(rest.subList(0, rest.size() / 2));
        groups.add(rest.subList(rest.size() / 2, rest.size()));
      }
      case Shape.Ring ring -> {
        return ring();
      }
      case Shape.Split split -> groups.addAll(parts(split, fault.id(), emitter));
      case Shape.Pairs pairs -> {
        Set<Link> links = new LinkedHashSet<>();
        for (Link pair : pairs.pairs()) {
          links.add(new Link(one(pair.from(), emitter), one(pair.to(), emitter)));
        }
        return new Cut(links, String.join(", ", links.stream().map(Link::toString).toList()));
      }
    }
    Set<Link> links = new LinkedHashSet<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        for (String a : groups.get(i)) {
          for (String b : groups.get(j)) {
            add(links, new Link(a, b), i == 0 ? fault.direction() : Fault.Direction.BOTH);
          }
        }
      }
    }
    String sign =
        switch (fault.direction()) {
          case BOTH -> " | ";
          case OUT -> " ↛ ";
          case IN -> " ↚ ";
        };
    return new Cut(
        links, String.join(sign, groups.stream().map(g -> String.join(", ", g)).toList()));
  }

  /** The directions that a fault of links disturbs. */
  Set<Link> touched(Fault.LinkFault fault, @Nullable String emitter) throws Unresolved {
    Set<Link> touched = new LinkedHashSet<>();
    for (String source : all(fault.source(), emitter)) {
      for (String target : all(fault.target(), emitter)) {
        if (!source.equals(target)) {
          add(touched, new Link(source, target), fault.direction());
        }
      }
    }
    return touched;
  }

  /** The part with the node first; in it, and out of it, who is drawn. */
  private List<List<String>> parts(Shape.Split split, String id, @Nullable String emitter)
      throws Unresolved {
    List<String> order = new ArrayList<>(all(split.of(), emitter));
    KeyedRandom random = KeyedRandom.of(seed, "nemesis", id, "split");
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    if (!split.node().isEmpty()) {
      String node = one(split.node(), emitter);
      if (!order.remove(node)) {
        throw new Unresolved(node + " is none of " + split.of());
      }
      order.add(0, node);
    }
    int n = order.size();
    int size =
        switch (split.part()) {
          case HALVES -> n / 2;
          case MINORITY -> (n - 1) / 2;
          case MAJORITY -> n / 2 + 1;
        };
    if (n < 2) {
      throw new Unresolved("there is nobody to be cut off from among " + order);
    }
    int first = Math.clamp(size, 1, n - 1);
    return List.of(order.subList(0, first), order.subList(first, n));
  }

  private Cut ring() {
    List<String> nodes = List.copyOf(members.keySet());
    Set<Link> links = new LinkedHashSet<>();
    int n = nodes.size();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int distance = Math.floorMod(i - j, n);
        if (distance != 0 && distance != 1 && distance != n - 1) {
          links.add(new Link(nodes.get(i), nodes.get(j)));
        }
      }
    }
    return new Cut(links, "ring of " + String.join(", ", nodes));
  }

  static void add(Set<Link> links, Link link, Fault.Direction direction) {
    if (direction != Fault.Direction.IN) {
      links.add(link);
    }
    if (direction != Fault.Direction.OUT) {
      links.add(link.reversed());
    }
  }
}
