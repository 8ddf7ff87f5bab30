package dev.faultline.targets.raft;

import dev.faultline.harness.Target.Goal;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a search of Raft should have come through: where its hard parts are. */
final class Goals {
  private Goals() {}

  static List<Goal> all() {
    return List.of(
        new Goal("three-terms-led", "three terms had a leader", h -> terms(h).size() >= 3),
        new Goal("split-vote", "two nodes stood in one term", Goals::splitVote),
        new Goal(
            "voted-after-restart",
            "a node that had voted began again and voted",
            Goals::votedAfterRestart),
        new Goal(
            "old-entry-committed",
            "a leader committed what was proposed in an earlier term",
            Goals::oldEntryCommitted));
  }

  private static Set<Long> terms(History history) {
    Set<Long> terms = new TreeSet<>();
    named(history, "leader").forEach(e -> terms.add(term(e)));
    return terms;
  }

  private static boolean splitVote(History history) {
    Map<Long, String> stood = new TreeMap<>();
    return named(history, "candidate").stream()
        .anyMatch(e -> {
          String first = stood.putIfAbsent(term(e), e.node());
          return first != null && !first.equals(e.node());
        });
  }

  private static boolean votedAfterRestart(History history) {
    Map<String, Integer> voted = new TreeMap<>();
    return named(history, "voted").stream()
        .anyMatch(e -> {
          Integer first = voted.putIfAbsent(e.node(), e.incarnation());
          return first != null && first < e.incarnation();
        });
  }

  private static boolean oldEntryCommitted(History history) {
    Map<String, Long> leads = new TreeMap<>();
    for (Entry.Node event : history.nodeEvents()) {
      switch (event.name()) {
        case "leader" -> leads.put(event.node(), term(event));
        // It follows somebody, or stands itself.
        case "candidate", "voted", "started" -> leads.remove(event.node());
        case "committed" -> {
          Long leading = leads.get(event.node());
          if (leading != null && term(event) < leading) {
            return true;
          }
        }
        default -> {
          // Tells nothing of terms.
        }
      }
    }
    return false;
  }

  private static List<Entry.Node> named(History history, String name) {
    List<Entry.Node> found = new ArrayList<>();
    for (Entry.Node event : history.nodeEvents()) {
      if (event.name().equals(name)) {
        found.add(event);
      }
    }
    return found;
  }

  private static long term(Entry.Node event) {
    return event.facts().get("term") instanceof Long term ? term : 0;
  }
}
