package dev.faultline.checker;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A mistake of a system, made in a recorded history afterwards, to see whether the checker would
 * have caught it there. Where nobody looked, such as at a write that no read saw, it stays unseen,
 * and that is what is measured.
 *
 * @param what several of it, for people, such as {@code stale reads}
 */
public record Planting(String what, Planter planter) {
  /** Makes one mistake at a place of its choice. */
  @FunctionalInterface
  public interface Planter {
    /**
     * What the history would have been, as far as the checker needs it; null if there is no place
     * for the mistake. Pure: the same random numbers give the same place.
     */
    @Nullable History plant(History history, RandomGenerator random);
  }

  /** One of several; null if there are none. */
  public static <T> @Nullable T pick(List<T> places, RandomGenerator random) {
    return places.isEmpty() ? null : places.get(random.nextInt(places.size()));
  }

  /** These operations by themselves, as a history. */
  public static History of(List<Operation> operations) {
    List<Entry> entries = new ArrayList<>();
    for (Operation op : operations) {
      entries.add(line(op, op.invoked(), op.invokeTime(), Entry.Type.INVOKE, op.input()));
      if (op.returned() != Operation.NEVER) {
        Entry.Type type = op.ok() ? Entry.Type.OK : Entry.Type.FAIL;
        entries.add(line(op, op.returned(), op.returnTime(), type, op.output()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::index));
    return History.of(entries);
  }

  private static Entry.Op line(
      Operation op, long index, long time, Entry.Type type, @Nullable Object value) {
    return new Entry.Op(
        index,
        time,
        op.process(),
        type,
        op.f(),
        op.key(),
        value,
        type == Entry.Type.FAIL ? op.error() : null,
        op.client(),
        op.node(),
        false);
  }

  /** The same history but for what these operations answered. */
  public static History answering(
      History history, Map<Operation, ? extends @Nullable Object> answers) {
    Map<Long, @Nullable Object> byIndex = new HashMap<>();
    answers.forEach((op, answer) -> byIndex.put(op.returned(), answer));
    return edited(
        history,
        entry ->
            entry instanceof Entry.Op op && byIndex.containsKey(op.index())
                ? answering(op, byIndex.get(op.index()))
                : entry);
  }

  private static Entry.Op answering(Entry.Op op, @Nullable Object value) {
    return new Entry.Op(
        op.index(),
        op.time(),
        op.process(),
        op.type(),
        op.f(),
        op.key(),
        value,
        op.error(),
        op.client(),
        op.node(),
        op.late());
  }

  /** What an operation was, in the place of what was recorded: it answered, and with this. */
  public record Instead(String f, @Nullable Object answer) {
    private Entry.Op line(Entry.Op op) {
      boolean asked = op.type() == Entry.Type.INVOKE;
      return new Entry.Op(
          op.index(),
          op.time(),
          op.process(),
          asked ? op.type() : Entry.Type.OK,
          f,
          op.key(),
          asked ? op.value() : answer,
          null,
          op.client(),
          op.node(),
          op.late(),
          op.intended());
    }
  }

  /** The same history, but that these operations, each of which returned, were others. */
  public static History instead(History history, Map<Operation, Instead> others) {
    Map<Long, Instead> byIndex = new HashMap<>();
    others.forEach((op, other) -> {
      byIndex.put(op.invoked(), other);
      byIndex.put(op.returned(), other);
    });
    return edited(
        history,
        entry ->
            entry instanceof Entry.Op op && byIndex.containsKey(op.index())
                ? Objects.requireNonNull(byIndex.get(op.index())).line(op)
                : entry);
  }

  /** The same history, but that an operation was answered as soon as it was invoked. */
  public static History answeredAtOnce(History history, Operation op) {
    List<Entry> entries = new ArrayList<>();
    long index = 0;
    Entry.Op answer = null;
    for (Entry entry : history.entries()) {
      if (entry instanceof Entry.Op line && line.index() == op.returned()) {
        answer = line;
      }
    }
    for (Entry entry : history.entries()) {
      if (entry.index() != op.returned()) {
        entries.add(at(index++, entry.time(), entry));
      }
      if (entry.index() == op.invoked() && answer != null) {
        entries.add(at(index++, entry.time(), answer));
      }
    }
    return History.of(entries);
  }

  private static Entry at(long index, long time, Entry entry) {
    return switch (entry) {
      case Entry.Op op ->
          new Entry.Op(
              index,
              time,
              op.process(),
              op.type(),
              op.f(),
              op.key(),
              op.value(),
              op.error(),
              op.client(),
              op.node(),
              op.late(),
              Math.min(op.intended(), time));
      case Entry.Fault fault ->
          new Entry.Fault(index, time, fault.kind(), fault.fault(), fault.phase(), fault.value());
      case Entry.Node node ->
          new Entry.Node(
              index, time, node.node(), node.incarnation(), node.seq(), node.name(), node.facts());
    };
  }

  /** The same history without these operations, each of which returned. */
  public static History without(History history, List<Operation> operations) {
    // A late answer follows the line that gave the operation up: all of its lines go.
    Map<Integer, List<Operation>> gone = new HashMap<>();
    operations.forEach(op -> gone.computeIfAbsent(op.process(), p -> new ArrayList<>()).add(op));
    return History.of(
        history.entries().stream()
            .filter(e ->
                !(e instanceof Entry.Op line)
                    || gone.getOrDefault(line.process(), List.of()).stream()
                        .noneMatch(
                            op -> op.invoked() <= line.index() && line.index() <= op.returned()))
            .toList());
  }

  /** The same history with another event in the place of one. */
  public static History reporting(
      History history, Entry.Node event, String name, Map<String, @Nullable Object> facts) {
    return edited(
        history,
        entry ->
            entry.index() == event.index()
                ? new Entry.Node(
                    event.index(),
                    event.time(),
                    event.node(),
                    event.incarnation(),
                    event.seq(),
                    name,
                    facts)
                : entry);
  }

  private static History edited(History history, UnaryOperator<Entry> edit) {
    List<Entry> entries = new ArrayList<>(history.entries());
    entries.replaceAll(edit);
    return History.of(entries);
  }
}
