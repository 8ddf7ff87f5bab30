package dev.faultline.checker.objects;

import dev.faultline.checker.Planting;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Mistakes of logs: in what a read shows, but for the order of appends. */
final class LogPlantings {
  static final List<Planting> TWO_VALUES =
      List.of(new Planting("reads with another value at an offset", LogPlantings::otherValue));
  static final List<Planting> ORDER =
      List.of(new Planting("appends at each other's offsets", LogPlantings::exchanged));
  static final List<Planting> PHANTOM =
      List.of(new Planting("values that nobody appended", LogPlantings::phantom));
  static final List<Planting> TWICE =
      List.of(new Planting("values at a second offset", LogPlantings::twice));
  static final List<Planting> HOLE = List.of(new Planting("offsets left out", LogPlantings::hole));

  private LogPlantings() {}

  /** A read with at least so many entries. */
  private static @Nullable Operation read(History history, int entries, RandomGenerator random) {
    return Planting.pick(
        history.operations(op -> {
          List<LogEntry> shown = LogEntry.of(op);
          return shown != null && shown.size() >= entries;
        }),
        random);
  }

  private static List<LogEntry> entries(Operation read) {
    List<LogEntry> entries = LogEntry.of(read);
    return entries == null ? List.of() : entries;
  }

  private static History showing(History history, Operation read, List<LogEntry> entries) {
    List<@Nullable Object> rows = new ArrayList<>();
    for (LogEntry e : entries) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(e.offset());
      row.add(e.value());
      rows.add(row);
    }
    return Planting.answering(history, Map.of(read, rows));
  }

  /** One entry has the value of another. */
  private static @Nullable History otherValue(History history, RandomGenerator random) {
    Operation read = read(history, 2, random);
    if (read == null) {
      return null;
    }
    List<LogEntry> entries = new ArrayList<>(entries(read));
    int at = random.nextInt(entries.size());
    LogEntry other = entries.get((at + 1) % entries.size());
    entries.set(at, new LogEntry(entries.get(at).offset(), other.value()));
    return showing(history, read, entries);
  }

  private static @Nullable History phantom(History history, RandomGenerator random) {
    Operation read = read(history, 1, random);
    if (read == null) {
      return null;
    }
    List<LogEntry> entries = new ArrayList<>(entries(read));
    int at = random.nextInt(entries.size());
    entries.set(at, new LogEntry(entries.get(at).offset(), "planted"));
    return showing(history, read, entries);
  }

  /** A read shows a value once more, at its end. */
  private static @Nullable History twice(History history, RandomGenerator random) {
    Operation read = read(history, 1, random);
    if (read == null) {
      return null;
    }
    List<LogEntry> entries = new ArrayList<>(entries(read));
    LogEntry again = entries.get(random.nextInt(entries.size()));
    entries.add(new LogEntry(entries.get(entries.size() - 1).offset() + 1, again.value()));
    return showing(history, read, entries);
  }

  /** A read leaves an entry out, and not the last, which might not have been there yet. */
  private static @Nullable History hole(History history, RandomGenerator random) {
    Operation read = read(history, 2, random);
    if (read == null) {
      return null;
    }
    List<LogEntry> entries = new ArrayList<>(entries(read));
    entries.remove(random.nextInt(entries.size() - 1));
    return showing(history, read, entries);
  }

  /** An append and the next to be invoked in its log have each other's offsets. */
  private static @Nullable History exchanged(History history, RandomGenerator random) {
    List<Operation> appends = history.operations(op -> op.f().equals("append") && op.ok());
    Operation first = Planting.pick(appends, random);
    Operation next =
        first == null
            ? null
            : appends.stream()
                .filter(a -> Objects.equals(a.key(), first.key()) && a.invoked() > first.invoked())
                .findFirst()
                .orElse(null);
    if (first == null || next == null) {
      return null;
    }
    Map<Operation, @Nullable Object> answers = new HashMap<>();
    answers.put(first, next.output());
    answers.put(next, first.output());
    return Planting.answering(history, answers);
  }
}
