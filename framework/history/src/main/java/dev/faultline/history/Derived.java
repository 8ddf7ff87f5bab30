package dev.faultline.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The lines that operations came from, as far as operations know them. */
final class Derived {
  private Derived() {}

  /**
   * An invocation and, unless its outcome is unknown, a completion for each of them, in the order
   * of their indices.
   */
  static List<Entry> entries(List<Operation> operations) {
    List<Entry> entries = new ArrayList<>(2 * operations.size());
    for (Operation op : operations) {
      entries.add(
          new Entry.Op(
              op.invoked(),
              op.invokeTime(),
              op.process(),
              Entry.Type.INVOKE,
              op.f(),
              op.key(),
              op.input(),
              null,
              op.client(),
              op.node(),
              false,
              op.intendedTime()));
      if (op.returned() != Operation.NEVER) {
        entries.add(
            new Entry.Op(
                op.returned(),
                op.returnTime(),
                op.process(),
                op.ok() ? Entry.Type.OK : Entry.Type.FAIL,
                op.f(),
                op.key(),
                op.output(),
                op.error(),
                op.client(),
                op.node(),
                false));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::index));
    return List.copyOf(entries);
  }
}
