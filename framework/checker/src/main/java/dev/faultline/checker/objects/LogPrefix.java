package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads of a whole log that is not cut (C-PREFIX): of any two, one begins with the other ({@code
 * diverged}); a node's later read has all that its earlier one had ({@code shrunk}). For systems
 * that show committed entries only.
 */
final class LogPrefix {
  static final Property PROPERTY =
      new Property("log.prefix", "of two reads of a log one begins with the other");

  private LogPrefix() {}

  static EachKey checker() {
    return new EachKey(PROPERTY, List.of(), LogPrefix::judge);
  }

  /** A read, and how much it showed. */
  private record Shown(Operation read, List<LogEntry> entries) {}

  private static Verdict judge(List<Operation> ops) {
    List<Shown> reads = new ArrayList<>();
    Shown longest = null;
    for (Operation op : ops) {
      List<LogEntry> entries = LogEntry.of(op);
      if (entries == null || LogEntry.from(op) != 0) {
        continue;
      }
      Shown shown = new Shown(op, entries);
      reads.add(shown);
      longest = longest == null || entries.size() > longest.entries().size() ? shown : longest;
    }
    for (Shown shown : reads) {
      if (longest != null && !begins(longest.entries(), shown.entries())) {
        return invalid("diverged", "Neither of two reads begins with the other.", shown, longest);
      }
    }
    return shrunk(reads);
  }

  private static boolean begins(List<LogEntry> all, List<LogEntry> some) {
    return all.subList(0, some.size()).equals(some);
  }

  private static Verdict shrunk(List<Shown> reads) {
    // By node: reads that have not returned before the next one's invocation, and the longest that
    // has.
    Map<String, Deque<Shown>> open = new HashMap<>();
    Map<String, Shown> most = new HashMap<>();
    for (Shown shown : reads) {
      String node = Told.where(shown.read());
      Deque<Shown> waiting = open.computeIfAbsent(node, n -> new ArrayDeque<>());
      for (Shown before : List.copyOf(waiting)) {
        if (before.read().precedes(shown.read())) {
          waiting.remove(before);
          most.merge(node, before, LogPrefix::longer);
        }
      }
      waiting.add(shown);
      Shown before = most.get(node);
      if (before != null && before.entries().size() > shown.entries().size()) {
        return invalid(
            "shrunk",
            "%s showed %d entries, and later %d."
                .formatted(node, before.entries().size(), shown.entries().size()),
            before,
            shown);
      }
    }
    return new Verdict.Valid(reads.size());
  }

  private static Shown longer(Shown a, Shown b) {
    return b.entries().size() > a.entries().size() ? b : a;
  }

  private static Verdict invalid(String clause, String sentence, Shown a, Shown b) {
    return new Verdict.Invalid(
        clause,
        new Witness(sentence, List.of(Told.step(a.read(), null), Told.step(b.read(), null))));
  }
}
