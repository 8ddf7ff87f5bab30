package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most one leader a term (SB-1, C-LEADER), whenever they reported it: {@code leader} events
 * carry role and term from one atomic step, so no clock is needed. Violated when two nodes report
 * one term, or when a node's terms decrease in the order of its incarnations and events. That a
 * restarted node resumes its term is another claim, and no violation here.
 */
final class LeaderOnePerTerm implements Checker {
  static final Property PROPERTY =
      new Property("leader.one-per-term", "no term has two leaders, and no node's terms decrease");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.LEADERS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    List<Entry.Node> events =
        history.nodeEvents().stream()
            .filter(e -> e.name().equals("leader") && Shown.number(e.facts(), "term") != null)
            .toList();
    Map<Long, Entry.Node> byTerm = new HashMap<>();
    for (Entry.Node event : events) {
      Entry.Node first = byTerm.putIfAbsent(term(event), event);
      if (first != null && !first.node().equals(event.node())) {
        return new Verdict.Invalid(
            "two-leaders",
            new Witness(
                "%s and %s both led in term %d.".formatted(first.node(), event.node(), term(event)),
                List.of(
                    Shown.step(first, null),
                    Shown.step(event, "a second leader in term " + term(event)))));
      }
    }
    Map<String, Entry.Node> last = new HashMap<>();
    List<Entry.Node> inOrder =
        events.stream()
            .sorted(
                Comparator.comparingInt(Entry.Node::incarnation).thenComparingLong(Entry.Node::seq))
            .toList();
    for (Entry.Node event : inOrder) {
      Entry.Node before = last.put(event.node(), event);
      if (before != null && term(event) < term(before)) {
        return new Verdict.Invalid(
            "term-decreased",
            new Witness(
                "%s led in term %d after it had led in term %d."
                    .formatted(event.node(), term(event), term(before)),
                List.of(Shown.step(before, null), Shown.step(event, "a lower term"))));
      }
    }
    return new Verdict.Valid(events.size());
  }

  private static long term(Entry.Node event) {
    Long term = Shown.number(event.facts(), "term");
    return term == null ? 0 : term;
  }
}
