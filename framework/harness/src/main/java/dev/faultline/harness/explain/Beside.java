package dev.faultline.harness.explain;

import dev.faultline.harness.explain.Neighbour.Step;
import dev.faultline.harness.explain.TraceLog.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Two runs side by side, from the first step that differs. */
final class Beside {
  /** Steps of a side: what comes just after the difference, and how it ends. */
  private static final int FIRST = 9;

  private static final int LAST = 5;

  private Beside() {}

  /** How many steps both begin with. */
  static int common(TraceLog one, TraceLog other) {
    int most = Math.min(one.steps().size(), other.steps().size());
    int same = 0;
    while (same < most && same(one.steps().get(same), other.steps().get(same))) {
      same++;
    }
    return same;
  }

  private static boolean same(TraceLog.Step one, TraceLog.Step other) {
    return one.at() == other.at()
        && one.kind() == other.kind()
        && one.host().equals(other.host())
        && one.text().equals(other.text());
  }

  /** When they differ: the earlier of the two steps that are not the same. */
  static long differs(TraceLog one, TraceLog other, int common) {
    long at = Long.MAX_VALUE;
    for (TraceLog log : List.of(one, other)) {
      if (common < log.steps().size()) {
        at = Math.min(at, log.steps().get(common).at());
      }
    }
    return at == Long.MAX_VALUE ? 0 : at;
  }

  /** The same operations in another run, by client, what was asked and how often it had been. */
  static Set<Long> counterparts(TraceLog run, Set<Long> entries, TraceLog other) {
    Map<String, Long> invoked = new HashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (TraceLog.Step step : other.steps()) {
      if (step.kind() == Kind.INVOKED) {
        invoked.put(name(step, seen), step.entry());
      }
    }
    Set<Long> found = new TreeSet<>();
    seen.clear();
    for (TraceLog.Step step : run.steps()) {
      if (step.kind() == Kind.INVOKED) {
        Long there = invoked.get(name(step, seen));
        if (entries.contains(step.entry()) && there != null) {
          found.add(there);
          end(other, there, found);
        }
      }
    }
    return found;
  }

  private static String name(TraceLog.Step step, Map<String, Integer> seen) {
    String asked = step.host() + " " + step.text() + " " + step.key();
    return asked + " " + seen.merge(asked, 1, Integer::sum);
  }

  /** The next completion of the client. */
  private static void end(TraceLog log, long entry, Set<Long> found) {
    int at = log.ofEntry(entry);
    String client = log.steps().get(at).host();
    for (TraceLog.Step step : log.steps().subList(at + 1, log.steps().size())) {
      if (step.host().equals(client) && step.kind() == Kind.COMPLETED) {
        found.add(step.entry());
        return;
      }
    }
  }

  /** What led to these lines of the history from a time on. */
  static List<Step> told(TraceLog log, Set<Long> entries, long from) {
    BitSet past = CausalPast.of(log, entries);
    if (past.isEmpty()) {
      return List.of();
    }
    Diagram diagram = Thinning.diagram(log, past, entries, from);
    List<Step> told = new ArrayList<>();
    diagram.arrows().stream()
        .filter(a -> a.deciding() && a.arrived() >= from)
        .forEach(a -> {
          String how = a.lost() ? ", lost" : "";
          told.add(new Step(a.arrived(), a.from() + " → " + a.to() + " " + a.type() + how));
        });
    diagram.marks().stream()
        .filter(m -> m.at() >= from)
        .forEach(m -> told.add(new Step(m.at(), m.line() + ": " + m.text())));
    told.sort(Comparator.comparingLong(Step::at));
    if (told.size() <= FIRST + LAST) {
      return List.copyOf(told);
    }
    List<Step> kept = new ArrayList<>(told.subList(0, FIRST));
    kept.add(new Step(told.get(FIRST).at(), "…"));
    kept.addAll(told.subList(told.size() - LAST, told.size()));
    return List.copyOf(kept);
  }
}
