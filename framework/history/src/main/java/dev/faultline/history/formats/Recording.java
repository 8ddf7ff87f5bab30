package dev.faultline.history.formats;

import dev.faultline.history.HistoryException;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs events to operations while they are read, so that no event is kept. A process whose
 * operation ended unknown may go on: it is then another process.
 */
final class Recording {
  /** An invocation that has not returned. */
  record Open(
      int slot,
      long given,
      int process,
      String f,
      @Nullable Object key,
      @Nullable Object input,
      long index,
      long time) {}

  private static final int FEW = 1 << 12;
  private static final int FIRST_FRESH = 1 << 24;
  private static final long MILLISECOND = 1_000_000;

  private final String name;
  private final long until;
  private final List<@Nullable Operation> operations = new ArrayList<>();
  private final @Nullable Open[] few = new @Nullable Open[FEW];
  private final Map<Long, Open> many = new HashMap<>();
  private final Map<Long, Integer> renamed = new HashMap<>();
  private int fresh = FIRST_FRESH;
  private long events;

  Recording(String name, long until) {
    this.name = name;
    this.until = until;
  }

  /** Whether no more events are wanted. */
  boolean full() {
    return events >= until;
  }

  long events() {
    return events;
  }

  /** Position as time, where a format has none: a millisecond an event. */
  long now() {
    return events * MILLISECOND;
  }

  /** Whether a process has an operation open. */
  boolean isOpen(long process) {
    return find(process) != null;
  }

  /** The operation that a process has open. */
  @Nullable Open find(long process) {
    return process >= 0 && process < FEW ? few[(int) process] : many.get(process);
  }

  private void put(long process, @Nullable Open open) {
    if (process >= 0 && process < FEW) {
      few[(int) process] = open;
    } else if (open == null) {
      many.remove(process);
    } else {
      many.put(process, open);
    }
  }

  /** An invocation. */
  void invoke(
      long line, long process, String f, @Nullable Object key, @Nullable Object input, long time) {
    if (find(process) != null) {
      throw misfit(line, "invoke", process, "which has an operation open already");
    }
    put(
        process,
        new Open(operations.size(), process, known(process), f, key, input, events++, time));
    operations.add(null);
  }

  private int known(long process) {
    Integer other = renamed.isEmpty() ? null : renamed.get(process);
    if (other != null) {
      return other;
    }
    if (process >= 0 && process < FIRST_FRESH) {
      return (int) process;
    }
    int given = fresh++;
    renamed.put(process, given);
    return given;
  }

  /** A completion; {@code output} is null unless it took effect. */
  void complete(
      long line,
      long process,
      Outcome outcome,
      @Nullable Object input,
      @Nullable Object output,
      @Nullable String error,
      long time) {
    Open open = find(process);
    if (open == null) {
      throw misfit(
          line, outcome.name().toLowerCase(Locale.ROOT), process, "which has nothing open");
    }
    put(process, null);
    long index = events++;
    boolean unknown = outcome == Outcome.INFO;
    if (unknown) {
      renamed.put(process, fresh++);
    }
    operations.set(
        open.slot(),
        operation(
            open,
            input,
            output,
            outcome,
            error,
            unknown ? Operation.NEVER : index,
            unknown ? Operation.NEVER : time));
  }

  private static Operation operation(
      Open open,
      @Nullable Object input,
      @Nullable Object output,
      Outcome outcome,
      @Nullable String error,
      long returned,
      long returnTime) {
    return new Operation(
        open.slot(),
        open.process(),
        open.f(),
        open.key(),
        input,
        output,
        outcome,
        error,
        open.index(),
        open.time(),
        returned,
        returnTime,
        null,
        null,
        open.time());
  }

  /** All operations that are open end unknown. */
  void crash() {
    List<Open> open = new ArrayList<>(many.values());
    for (Open one : few) {
      if (one != null) {
        open.add(one);
      }
    }
    many.clear();
    Arrays.fill(few, null);
    for (Open one : open) {
      renamed.put(one.given(), fresh++);
      operations.set(
          one.slot(),
          operation(
              one,
              one.input(),
              null,
              Outcome.INFO,
              "never completed",
              Operation.NEVER,
              Operation.NEVER));
    }
  }

  /** What was recorded; an operation without a completion may still take effect. */
  List<Operation> operations() {
    crash();
    List<Operation> all = new ArrayList<>(operations.size());
    for (Operation op : operations) {
      if (op != null) {
        all.add(op);
      }
    }
    return all;
  }

  private HistoryException misfit(long line, String type, long process, String why) {
    return new HistoryException(
        "%s, line %d: '%s' for process %d, %s; the %,d events before it can be checked with --until %d"
            .formatted(name, line, type, process, why, events, events));
  }
}
