package dev.faultline.checker.objects;

import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value at an offset, as a read of a log shows it. */
record LogEntry(long offset, @Nullable Object value) {
  /** The entries that an {@code ok} read shows, in its order; null if it is none. */
  static @Nullable List<LogEntry> of(Operation op) {
    if (!op.f().equals("read") || !op.ok() || !(op.output() instanceof List<?> list)) {
      return null;
    }
    List<LogEntry> entries = new ArrayList<>(list.size());
    for (Object row : list) {
      if (row instanceof List<?> pair && pair.size() == 2) {
        Long offset = Told.number(pair.get(0));
        if (offset != null) {
          entries.add(new LogEntry(offset, Told.plain(pair.get(1))));
        }
      }
    }
    return entries;
  }

  /** From which offset a read asked; a read of all asks from 0 or says nothing. */
  static long from(Operation read) {
    Long from = Told.number(read.input());
    return from == null ? 0 : from;
  }

  /** The values of a read of all; null if it is none. */
  static @Nullable List<@Nullable Object> valuesOfAll(Operation op) {
    List<LogEntry> entries = of(op);
    if (entries == null || from(op) != 0) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>(entries.size());
    entries.forEach(e -> values.add(e.value));
    return values;
  }
}
