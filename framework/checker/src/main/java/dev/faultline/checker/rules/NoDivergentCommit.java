package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One index, one committed value (SB-4, C-PREFIX): violated when two {@code committed} events, of
 * two nodes or of one, show different values at one index.
 */
final class NoDivergentCommit implements Checker {
  static final Property PROPERTY =
      new Property("log.no-divergent-commit", "no two nodes commit different values at one index");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.COMMITS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<Long, Entry.Node> byIndex = new HashMap<>();
    long compared = 0;
    for (Entry.Node event : history.nodeEvents()) {
      Long index = Shown.number(event.facts(), "index");
      if (!event.name().equals("committed")
          || index == null
          || !event.facts().containsKey("value")) {
        continue;
      }
      Entry.Node first = byIndex.putIfAbsent(index, event);
      if (first == null) {
        continue;
      }
      compared++;
      Object a = first.facts().get("value");
      Object b = event.facts().get("value");
      if (!Objects.equals(a, b)) {
        return new Verdict.Invalid(
            "two-values",
            new Witness(
                "At index %d, %s committed %s and %s committed %s."
                    .formatted(index, first.node(), Json.write(a), event.node(), Json.write(b)),
                List.of(
                    Shown.step(first, null),
                    Shown.step(event, "another value at index " + index))));
      }
    }
    return new Verdict.Valid(compared);
  }
}
