package dev.faultline.checker.weak;

import dev.faultline.checker.objects.Told;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;
import org.jspecify.annotations.Nullable;

/**
 * What caused what: the order of each session, and a write before the reads that find it. A write
 * with an unknown outcome counts if it was found; what its session did after it does not depend on
 * it.
 */
final class Causality {
  static final int NONE = -1;

  private static final int CYCLES = 100;

  /** The operations that count; all others are their numbers in here. */
  final List<Operation> ops;

  /** By read: the write that it found, else {@link #NONE}. */
  final int[] source;

  private final Graph<Integer, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
  private final int[] session;
  private final int[] place;
  private int sessions;

  /** By session and key: the writes, in order. */
  private final List<Map<@Nullable Object, List<Integer>>> written = new ArrayList<>();

  /** By operation and session: how many of the session's come before it, itself included. */
  private int[][] clock = new int[0][];

  Causality(History history, Map<@Nullable Object, Writes> writes) {
    Map<Integer, Integer> found = new HashMap<>();
    for (Operation op : history.operations(Writes::isRead)) {
      Writes ofKey = writes.get(Told.plain(op.key()));
      List<Operation> by = ofKey == null ? List.of() : ofKey.of(Writes.value(op));
      if (!by.isEmpty()) {
        found.put(op.id(), by.get(0).id());
      }
    }
    Set<Integer> sources = new HashSet<>(found.values());
    ops =
        history.operations(
            op -> Writes.isRead(op) || (Writes.is(op) && (op.ok() || sources.contains(op.id()))));
    source = new int[ops.size()];
    session = new int[ops.size()];
    place = new int[ops.size()];
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int i = 0; i < source.length; i++) {
      numbers.put(ops.get(i).id(), i);
      graph.addVertex(i);
    }
    chain(Sessions.of(history));
    for (int i = 0; i < source.length; i++) {
      Integer write = found.get(ops.get(i).id());
      source[i] = write == null ? NONE : numbers.getOrDefault(write, NONE);
      if (source[i] != NONE) {
        graph.addEdge(source[i], i);
      }
    }
  }

  private void chain(Sessions who) {
    Map<Object, Integer> tails = new LinkedHashMap<>();
    Map<Object, Integer> known = new HashMap<>();
    for (int i = 0; i < source.length; i++) {
      Operation op = ops.get(i);
      Object name = who.session(op);
      Integer before = tails.get(name);
      if (before != null) {
        graph.addEdge(before, i);
      }
      if (op.ok()) {
        session[i] = known.computeIfAbsent(name, n -> open());
        place[i] = before == null ? 0 : place[before] + 1;
        tails.put(name, i);
      } else {
        session[i] = open();
      }
      if (Writes.is(op)) {
        written
            .get(session[i])
            .computeIfAbsent(Told.plain(op.key()), k -> new ArrayList<>())
            .add(i);
      }
    }
  }

  private int open() {
    written.add(new HashMap<>());
    return sessions++;
  }

  /** How large the clocks become. */
  long entries() {
    return (long) sessions * ops.size();
  }

  int sessions() {
    return sessions;
  }

  /** Makes the clocks; only without a {@link #cycle}. */
  void wind() {
    clock = new int[ops.size()][];
    TopologicalOrderIterator<Integer, DefaultEdge> order = new TopologicalOrderIterator<>(graph);
    while (order.hasNext()) {
      int i = order.next();
      int[] mine = new int[sessions];
      for (DefaultEdge edge : graph.incomingEdgesOf(i)) {
        int[] before = clock[graph.getEdgeSource(edge)];
        for (int s = 0; s < sessions; s++) {
          mine[s] = Math.max(mine[s], before[s]);
        }
      }
      mine[session[i]] = place[i] + 1;
      clock[i] = mine;
    }
  }

  boolean precedes(int a, int b) {
    return clock[b][session[a]] > place[a];
  }

  /** A session's last write to the key of an operation, of those that come before that. */
  int lastWrite(int of, int inSession) {
    List<Integer> all =
        written.get(inSession).getOrDefault(Told.plain(ops.get(of).key()), List.of());
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (place[all.get(middle)] < clock[of][inSession]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? NONE : all.get(low - 1);
  }

  /** One more reason why something comes first. */
  void add(int before, int after) {
    graph.addEdge(before, after);
  }

  /** Operations each of which comes before the next and the last before the first, or none. */
  List<Operation> cycle() {
    List<Integer> best = List.of();
    int tries = 0;
    for (int i : new CycleDetector<>(graph).findCycles()) {
      for (DefaultEdge edge : graph.outgoingEdgesOf(i)) {
        List<Integer> back = path(graph.getEdgeTarget(edge), i);
        if (!back.isEmpty() && (best.isEmpty() || back.size() < best.size())) {
          best = back;
        }
      }
      if (++tries > CYCLES && !best.isEmpty()) {
        break;
      }
    }
    return best.stream().map(ops::get).toList();
  }

  /** How one comes before another; nothing if it does not. */
  List<Integer> path(int from, int to) {
    var path = BFSShortestPath.findPathBetween(graph, from, to);
    return path == null ? List.of() : path.getVertexList();
  }
}
