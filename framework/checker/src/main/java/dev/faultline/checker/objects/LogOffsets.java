package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What offsets say (C-LOG a to c). {@link #AGREEMENT}: an offset has one value: no two acknowledged
 * appends of different values share it ({@code offset-twice}), and no read shows another value
 * there than an append or a read did ({@code two-values}). {@link #ORDER}: an append that had
 * returned before another was invoked has the lower offset ({@code out-of-order}).
 */
final class LogOffsets {
  static final Property AGREEMENT =
      new Property("log.agreement", "an offset of a log has one value for all");
  static final Property ORDER = new Property("log.order", "later appends have higher offsets");

  private LogOffsets() {}

  static EachKey agreement() {
    return new EachKey(AGREEMENT, LogPlantings.TWO_VALUES, LogOffsets::agree);
  }

  static EachKey order() {
    return new EachKey(ORDER, LogPlantings.ORDER, LogOffsets::inOrder);
  }

  private static @Nullable Long offset(Operation op) {
    return op.f().equals("append") && op.ok() ? Told.number(op.output()) : null;
  }

  private record Seen(Operation op, @Nullable Object value) {}

  private static Verdict agree(List<Operation> ops) {
    Map<Long, Seen> byOffset = new HashMap<>();
    long examined = 0;
    for (Operation op : ops) {
      Long offset = offset(op);
      if (offset != null) {
        examined++;
        Seen before = byOffset.putIfAbsent(offset, new Seen(op, Told.plain(op.input())));
        if (before != null && !Objects.equals(before.value, Told.plain(op.input()))) {
          return invalid(
              "offset-twice",
              "Two acknowledged appends have the offset %d.".formatted(offset),
              before.op,
              op);
        }
      }
    }
    for (Operation op : ops) {
      List<LogEntry> entries = LogEntry.of(op);
      for (LogEntry e : entries == null ? List.<LogEntry>of() : entries) {
        examined++;
        Seen before = byOffset.putIfAbsent(e.offset(), new Seen(op, e.value()));
        if (before != null && !Objects.equals(before.value, e.value())) {
          return invalid(
              "two-values",
              "At offset %d there is %s, and a read shows %s."
                  .formatted(e.offset(), Told.json(before.value), Told.json(e.value())),
              before.op,
              op);
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict inOrder(List<Operation> ops) {
    List<Operation> appends =
        new ArrayList<>(ops.stream().filter(op -> offset(op) != null).toList());
    List<Operation> byReturn = new ArrayList<>(appends);
    byReturn.sort(Comparator.comparingLong(Operation::returned));
    Operation highest = null;
    long most = Long.MIN_VALUE;
    int at = 0;
    for (Operation op : appends) {
      while (at < byReturn.size() && byReturn.get(at).precedes(op)) {
        Operation next = byReturn.get(at++);
        long offset = Objects.requireNonNull(offset(next));
        if (offset > most) {
          most = offset;
          highest = next;
        }
      }
      long own = Objects.requireNonNull(offset(op));
      if (highest != null && own <= most) {
        return invalid(
            "out-of-order",
            "%s was appended at offset %d after %s had been acknowledged at %d."
                .formatted(Told.json(op.input()), own, Told.json(highest.input()), most),
            highest,
            op);
      }
    }
    return new Verdict.Valid(appends.size());
  }

  private static Verdict invalid(String clause, String sentence, Operation a, Operation b) {
    return new Verdict.Invalid(
        clause, new Witness(sentence, List.of(Told.step(a, null), Told.step(b, null))));
  }
}
