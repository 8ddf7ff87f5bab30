package dev.faultline.spec;

import java.util.List;

/** How a {@link Fault.Partition} divides the nodes. */
public sealed interface Shape {
  /** Every group is cut from every other; who is not named keeps its links. */
  record Groups(List<List<String>> groups) implements Shape {}

  /** One node against all others. */
  record Isolate(String node) implements Shape {}

  /** Two halves that only the node in the middle can see. */
  record Bridge(String node) implements Shape {}

  /** Each node sees only its two neighbours. */
  record Ring() implements Shape {}

  /**
   * Two parts, drawn from the run's seed when the fault starts.
   *
   * @param part which part, the first, the node is in
   * @param node empty for any
   * @param of which nodes are divided, such as {@code role:server}; {@code *} for all
   */
  record Split(Part part, String node, String of) implements Shape {}

  /** The normal form: messages from the first to the second of each pair are cut. */
  record Pairs(List<Link> pairs) implements Shape {}

  /** The size of a part of the nodes that are divided. */
  enum Part {
    /** Half of them, or half of the others and one. */
    HALVES,
    /** As many as can be without being half of them, at least one. */
    MINORITY,
    /** As few as can be to be more than half of them. */
    MAJORITY
  }
}
