package dev.faultline.checker.rules;

import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proof that a token had been granted to a holder by some line of the history.
 *
 * @param by index of the line: the return of the operation that showed it, or the event
 * @param time its stamp
 */
record Sighting(
    long token,
    String holder,
    long by,
    long time,
    Entry.@Nullable Node event,
    @Nullable Operation op) {

  /** In the order of lines: what holders were told, and what the server reported. */
  static List<Sighting> all(History history) {
    List<Sighting> all = new ArrayList<>();
    for (Operation op : history.operations()) {
      Long token = op.ok() ? Shown.number(op.output(), "token") : null;
      String holder = op.node();
      if (token != null && holder != null) {
        all.add(new Sighting(token, holder, op.returned(), op.returnTime(), null, op));
      }
    }
    for (Entry.Node event : history.nodeEvents()) {
      Long token = event.name().equals("granted") ? Shown.number(event.facts(), "token") : null;
      if (token != null && event.facts().get("holder") instanceof String holder) {
        all.add(new Sighting(token, holder, event.index(), event.time(), event, null));
      }
    }
    all.sort(Comparator.comparingLong(Sighting::by));
    return all;
  }

  Witness.Step step(@Nullable String remark) {
    return op != null ? Shown.step(op, remark) : Shown.step(Objects.requireNonNull(event), remark);
  }
}
