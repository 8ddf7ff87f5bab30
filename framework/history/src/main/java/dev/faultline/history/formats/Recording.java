package dev.faultline.history.formats;

import dev.faultline.history.HistoryException;
import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs events to operations while they are read, so that no event is kept. A process whose
 * operation ended unknown may go on: it is then another process.
 */
final class Recording {
  private static final int FEW = 1 << 12;
  private static final int FIRST_FRESH = 1 << 24;
  private static final long MILLISECOND = 1_000_000;

  private final String name;
  private final long until;
  private final OperationTable.Builder rows = new OperationTable.Builder();

  /** By a process with a small number: the row that it has open, and one more. */
  private final int[] few = new int[FEW];

  /** The same, of other processes. */
  private final Map<Long, Integer> many = new LinkedHashMap<>();

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

  /** The function of the operation that a process has open; null if there is none. */
  @Nullable String f(long process) {
    int open = find(process);
    return open == 0 ? null : rows.f(open - 1);
  }

  /** The input of the operation that a process has open. */
  @Nullable Object input(long process) {
    int open = find(process);
    return open == 0 ? null : rows.input(open - 1);
  }

  private int find(long process) {
    return process >= 0 && process < FEW ? few[(int) process] : many.getOrDefault(process, 0);
  }

  private void put(long process, int open) {
    if (process >= 0 && process < FEW) {
      few[(int) process] = open;
    } else if (open == 0) {
      many.remove(process);
    } else {
      many.put(process, open);
    }
  }

  /** An invocation. */
  void invoke(
      long line, long process, String f, @Nullable Object key, @Nullable Object input, long time) {
    if (find(process) != 0) {
      throw misfit(line, "invoke", process, "which has an operation open already");
    }
    put(process, 1 + rows.invoke(known(process), f, key, input, events++, time));
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
    int open = find(process);
    if (open == 0) {
      throw misfit(
          line, outcome.name().toLowerCase(Locale.ROOT), process, "which has nothing open");
    }
    put(process, 0);
    if (outcome == Outcome.INFO) {
      renamed.put(process, fresh++);
    }
    rows.input(open - 1, input);
    rows.complete(open - 1, outcome, output, error, events++, time);
  }

  /** All operations that are open end unknown. */
  void crash() {
    for (long process : List.copyOf(many.keySet())) {
      lose(process);
    }
    for (int process = 0; process < FEW; process++) {
      if (few[process] != 0) {
        lose(process);
      }
    }
  }

  private void lose(long process) {
    put(process, 0);
    renamed.put(process, fresh++);
  }

  /** What was recorded; an operation without a completion may still take effect. */
  OperationTable operations() {
    return rows.table();
  }

  private HistoryException misfit(long line, String type, long process, String why) {
    return new HistoryException(
        "%s, line %d: '%s' for process %d, %s; the %,d events before it can be checked with --until %d"
            .formatted(name, line, type, process, why, events, events));
  }
}
