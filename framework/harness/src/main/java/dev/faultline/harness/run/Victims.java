package dev.faultline.harness.run;

import dev.faultline.node.KeyedRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Whom the faults of a seeded plan hit: each role of node once before any comes again. */
final class Victims {
  private final Map<String, String> members;
  private final List<String> selectors;
  private final long seed;
  private int nodesTaken;

  Victims(Map<String, String> members, List<String> selectors, long seed) {
    this.members = members;
    this.selectors = selectors;
    this.seed = seed;
  }

  List<String> nodes() {
    return List.copyOf(members.keySet());
  }

  /** What a disturbed link leads to: another node, or one or all of the other roles. */
  List<String> linkTargets(String source, RandomGenerator random) {
    int draw = random.nextInt(4);
    if (roles().size() > 1 && draw > 0) {
      return draw == 1 ? List.of(otherRole(source, random)) : otherRoles(source);
    }
    List<String> rest = new ArrayList<>(members.keySet());
    rest.remove(source);
    String target = rest.get(random.nextInt(rest.size()));
    // Whom a selector means may be this very node, and there is no link from a node to itself.
    return List.of(source.startsWith("$") ? "role:" + members.get(target) : target);
  }

  /** A selector that the target declares in half of the cases, else a node. */
  String telling(RandomGenerator random) {
    return !selectors.isEmpty() && random.nextBoolean()
        ? selectors.get(random.nextInt(selectors.size()))
        : node(random);
  }

  /** Roles take turns, so that a role of one node is not forgotten beside one of many. */
  String node(RandomGenerator random) {
    List<String> order =
        Halves.shuffled(List.copyOf(roles().keySet()), KeyedRandom.of(seed, "nemesis", "roles"));
    List<String> nodes = roles().getOrDefault(order.get(nodesTaken++ % order.size()), List.of());
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** A role that a node, or whom a selector such as {@code $holder} means, does not have. */
  String otherRole(String node, RandomGenerator random) {
    List<String> others = otherRoles(node);
    return others.get(random.nextInt(others.size()));
  }

  List<String> otherRoles(String node) {
    List<String> others = new ArrayList<>(roles().keySet());
    others.remove(members.getOrDefault(node, node.replace("$", "")));
    return others.stream().map(r -> "role:" + r).toList();
  }

  Map<String, List<String>> roles() {
    Map<String, List<String>> roles = new LinkedHashMap<>();
    members.forEach((node, role) -> roles.computeIfAbsent(role, r -> new ArrayList<>()).add(node));
    return roles;
  }
}
