package dev.faultline.checker.linear;

import java.util.ArrayList;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;

/**
 * What must come before what among a few steps, as a graph; a cycle explains why there is no order.
 * The derived edges are those of Gibbons and Korach ("Testing shared memories", 1997): a step that
 * replaces a value comes before its maker or after all who found it. Finds no cycle where values
 * repeat; then the search's word stands alone.
 */
final class Constraints {
  /** Why one step comes before another. */
  enum Why {
    /** It had returned before the other was invoked. */
    PRECEDES,
    /** It made the state that the other found. */
    USES,
    /** It found a state that the other replaced. */
    BEFORE_REPLACED,
    /** It made a state before the other did, whose state was found after both. */
    REPLACED_BEFORE
  }

  /** An edge. Compared by identity, as the graph needs it. */
  static final class Edge {
    private final Step from;
    private final Step to;
    private final Why why;

    Edge(Step from, Step to, Why why) {
      this.from = from;
      this.to = to;
      this.why = why;
    }

    Step from() {
      return from;
    }

    Step to() {
      return to;
    }

    Why why() {
      return why;
    }
  }

  private static final int MOST = 60;

  private final List<Step> steps;
  private final Graph<Step, Edge> graph = new SimpleDirectedGraph<>(Edge.class);

  Constraints(List<Step> steps) {
    this.steps = steps;
  }

  /** A shortest cycle, or nothing if the constraints have none. */
  List<Edge> cycle() {
    if (steps.size() > MOST) {
      return List.of();
    }
    steps.forEach(graph::addVertex);
    for (Step a : steps) {
      for (Step b : steps) {
        if (a.returned() < b.invoked()) {
          add(a, b, Why.PRECEDES);
        }
      }
    }
    boolean more = true;
    while (more && !new CycleDetector<>(graph).detectCycles()) {
      more = derive();
    }
    return shortest();
  }

  private boolean derive() {
    boolean added = false;
    for (Step user : steps) {
      if (user.need() == Step.ANY || !user.must()) {
        continue;
      }
      List<Step> makers =
          steps.stream().filter(s -> s.make() == user.need() && !s.is(user)).toList();
      // With several makers nobody knows which; with none, only the first state will do.
      if (makers.size() > 1 || (makers.isEmpty() && user.need() != 0)) {
        continue;
      }
      Step maker = makers.isEmpty() ? null : makers.get(0);
      if (maker != null) {
        added |= add(maker, user, Why.USES);
      }
      for (Step other : steps) {
        // A step that may be left out constrains nothing until it is known to have happened.
        if (other.is(user)
            || (maker != null && other.is(maker))
            || other.observes()
            || !other.must()) {
          continue;
        }
        if (maker == null || reaches(maker, other)) {
          added |= add(user, other, Why.BEFORE_REPLACED);
        } else if (reaches(other, user)) {
          added |= add(other, maker, Why.REPLACED_BEFORE);
        }
      }
    }
    return added;
  }

  private boolean reaches(Step from, Step to) {
    BreadthFirstIterator<Step, Edge> reached = new BreadthFirstIterator<>(graph, from);
    while (reached.hasNext()) {
      if (reached.next().is(to)) {
        return true;
      }
    }
    return false;
  }

  private boolean add(Step from, Step to, Why why) {
    return graph.getEdge(from, to) == null && graph.addEdge(from, to, new Edge(from, to, why));
  }

  private List<Edge> shortest() {
    List<Edge> best = List.of();
    for (Edge edge : new ArrayList<>(graph.edgeSet())) {
      var back = BFSShortestPath.findPathBetween(graph, edge.to(), edge.from());
      if (back != null && (best.isEmpty() || back.getLength() + 1 < best.size())) {
        best = new ArrayList<>();
        best.add(edge);
        best.addAll(back.getEdgeList());
      }
    }
    return best;
  }
}
