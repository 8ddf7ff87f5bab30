package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import java.util.List;

/**
 * No node ends unasked: violated by a {@code crashed} event, which an environment writes for an
 * exit, a fatal signal or a fatal log line that no fault asked for. Examined are the starts.
 */
final class NoCrash implements Checker {
  static final Property PROPERTY =
      new Property("node.no-crash", "no node ends unless a fault or the harness ends it");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    long started = 0;
    for (Entry.Node event : history.nodeEvents()) {
      if (event.name().equals("crashed")) {
        Object why = event.facts().get("why");
        return new Verdict.Invalid(
            "crashed",
            new Witness(
                "%s ended by itself at %s%s."
                    .formatted(
                        event.node(),
                        Shown.moment(event.time()),
                        why == null ? "" : ": " + (why instanceof String s ? s : Json.write(why))),
                List.of(Shown.step(event, "no fault asked for this"))));
      }
      started += event.name().equals("started") ? 1 : 0;
    }
    return new Verdict.Valid(started);
  }
}
