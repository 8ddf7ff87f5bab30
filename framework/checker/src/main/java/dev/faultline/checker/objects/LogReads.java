package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What reads of a log show (C-LOG d, f, g, h). {@link #PHANTOM}: only what somebody may have
 * appended ({@code never-appended}, {@code refused}, {@code too-early}). {@link #DUPLICATE}: no
 * value at two offsets ({@code two-offsets}); not claimed where appends may be repeated. {@link
 * #HOLE}: one offset after the other ({@code hole}, {@code backwards}), from the first on that
 * there is at or after the one asked for ({@code starts-late}); for logs that are not cut.
 */
final class LogReads {
  static final Property PHANTOM =
      new Property("log.no-phantom", "a log shows only what was appended");
  static final Property DUPLICATE = new Property("log.no-duplicate", "no value is in a log twice");
  static final Property HOLE =
      new Property("log.no-hole", "a read of a log leaves no offset out and goes up");

  private LogReads() {}

  static EachKey phantom() {
    return new EachKey(PHANTOM, LogPlantings.PHANTOM, LogReads::unexplained);
  }

  static EachKey duplicate() {
    return new EachKey(DUPLICATE, LogPlantings.TWICE, LogReads::twice);
  }

  static EachKey hole() {
    return new EachKey(HOLE, LogPlantings.HOLE, LogReads::holes);
  }

  private static Verdict unexplained(List<Operation> ops) {
    Map<@Nullable Object, Operation> appended = new HashMap<>();
    Map<@Nullable Object, Operation> refused = new HashMap<>();
    for (Operation op : ops) {
      if (op.f().equals("append")) {
        (Told.failed(op) ? refused : appended).putIfAbsent(Told.plain(op.input()), op);
      }
    }
    long examined = 0;
    for (Operation op : ops) {
      List<LogEntry> entries = LogEntry.of(op);
      for (LogEntry e : entries == null ? List.<LogEntry>of() : entries) {
        examined++;
        String what = Told.json(e.value());
        Operation append = appended.get(e.value());
        Operation no = refused.get(e.value());
        if (append == null && no == null) {
          return invalid("never-appended", "A read shows " + what + ", never appended.", op);
        } else if (append == null && no != null) {
          return invalid(
              "refused", "A read shows " + what + ", whose append certainly failed.", no, op);
        } else if (append != null && append.invoked() > op.returned()) {
          return invalid("too-early", "A read shows " + what + " too early.", op, append);
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict twice(List<Operation> ops) {
    Map<@Nullable Object, Long> offsets = new HashMap<>();
    Map<@Nullable Object, Operation> shown = new HashMap<>();
    long examined = 0;
    for (Operation op : ops) {
      List<LogEntry> entries = LogEntry.of(op);
      for (LogEntry e : entries == null ? List.<LogEntry>of() : entries) {
        examined++;
        Long before = offsets.putIfAbsent(e.value(), e.offset());
        Operation first = shown.putIfAbsent(e.value(), op);
        if (before != null && before != e.offset() && first != null) {
          return invalid(
              "two-offsets",
              "%s is at offset %d and at offset %d."
                  .formatted(Told.json(e.value()), before, e.offset()),
              first,
              op);
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict holes(List<Operation> ops) {
    TreeSet<Long> known = new TreeSet<>();
    for (Operation op : ops) {
      Long offset = op.f().equals("append") && op.ok() ? Told.number(op.output()) : null;
      if (offset != null) {
        known.add(offset);
      }
      List<LogEntry> entries = LogEntry.of(op);
      for (LogEntry e : entries == null ? List.<LogEntry>of() : entries) {
        known.add(e.offset());
      }
    }
    long examined = 0;
    for (Operation op : ops) {
      List<LogEntry> entries = LogEntry.of(op);
      if (entries == null || entries.isEmpty()) {
        continue;
      }
      examined++;
      long first = entries.get(0).offset();
      Long there = known.ceiling(LogEntry.from(op));
      if (there != null && there < first) {
        return invalid(
            "starts-late",
            "A read from offset %d begins at %d, and there is offset %d."
                .formatted(LogEntry.from(op), first, there),
            op);
      }
      for (int i = 1; i < entries.size(); i++) {
        long before = entries.get(i - 1).offset();
        long next = entries.get(i).offset();
        if (next != before + 1) {
          return invalid(
              next > before ? "hole" : "backwards",
              "A read shows offset %d right after offset %d.".formatted(next, before),
              op);
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    return new Verdict.Invalid(
        clause,
        new Witness(sentence, List.of(ops).stream().map(op -> Told.step(op, null)).toList()));
  }
}
