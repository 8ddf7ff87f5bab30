package dev.faultline.history.formats;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A call or return of an operation. One whose end is unknown has a return at the end of all: there
 * no process goes on.
 */
record Event(Operation op, boolean completes, long index) {
  /** All of them in order. */
  static List<Event> of(History history) {
    List<Event> events = new ArrayList<>();
    for (Operation op : history.operations()) {
      events.add(new Event(op, false, op.invoked()));
      events.add(new Event(op, true, op.returned()));
    }
    events.sort(Comparator.comparingLong(Event::index));
    return events;
  }

  /** The word of its type. */
  String type() {
    Entry.Type type = completes ? Entry.Type.valueOf(op.outcome().name()) : Entry.Type.INVOKE;
    return type.name().toLowerCase(Locale.ROOT);
  }
}
