package dev.faultline.history;

import dev.faultline.json.JsonHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one run and the operations that they pair to. Immutable; the only way in is a list
 * of entries, which is checked: every completion has its invocation, a process has one operation
 * open at a time, and none goes on after {@code info} except for one late answer.
 */
public final class History {
  private final List<Operation> operations;
  private final List<Entry.Fault> faults;
  private final List<Entry.Node> nodeEvents;

  /** Null until somebody asks, where only operations were given. */
  private @Nullable List<Entry> entries;

  /** 0 until somebody asks. */
  private long hash;

  private History(@Nullable List<Entry> entries, List<Operation> operations) {
    this.entries = entries;
    this.operations = operations instanceof OperationTable ? operations : List.copyOf(operations);
    List<Entry> all = entries == null ? List.of() : entries;
    this.faults = only(all, Entry.Fault.class);
    this.nodeEvents = only(all, Entry.Node.class);
  }

  /**
   * The history of these entries.
   *
   * @throws HistoryException naming the entry that does not pair
   */
  public static History of(List<? extends Entry> entries) {
    return new History(List.copyOf(entries), Pairing.pair(entries));
  }

  /**
   * The history of operations that somebody paired already, such as the reader of another format.
   * Its entries are made when they are asked for, so that a long history costs no more than its
   * operations.
   *
   * @param operations in the order of invocation, each with its position as id; no two of them
   *     share an index, and each returned after its invocation
   * @throws HistoryException naming the operation that does not fit
   */
  public static History ofOperations(List<Operation> operations) {
    OperationColumns columns = OperationColumns.of(operations);
    long last = -1;
    for (int i = 0; i < columns.size(); i++) {
      long invoked = columns.invoked(i);
      if (columns.id(i) != i || invoked <= last || columns.returned(i) <= invoked) {
        throw new HistoryException(
            "operation %d: id %d, from %d to %d; ids count from 0, and indices must increase"
                .formatted(i, columns.id(i), invoked, columns.returned(i)));
      }
      last = invoked;
    }
    return new History(null, operations);
  }

  /** A history written for people; see {@link HistoryText}. */
  public static History parse(String text) {
    return of(HistoryText.parse(text));
  }

  public List<Entry> entries() {
    List<Entry> known = entries;
    if (known == null) {
      known = Derived.entries(operations);
      entries = known;
    }
    return known;
  }

  /** In the order of invocation. */
  public List<Operation> operations() {
    return operations;
  }

  /** The same, by column. */
  public OperationColumns columns() {
    return OperationColumns.of(operations);
  }

  /** The steps of faults, in order. */
  public List<Entry.Fault> faults() {
    return faults;
  }

  /** What nodes reported, in the order in which it was seen. */
  public List<Entry.Node> nodeEvents() {
    return nodeEvents;
  }

  /** The operations that match, in order. */
  public List<Operation> operations(Predicate<Operation> filter) {
    return operations.stream().filter(filter).toList();
  }

  /**
   * The entries before an index, as a history: what a run that was cut off there would have left.
   */
  public History before(long index) {
    return of(entries().stream().filter(e -> e.index() < index).toList());
  }

  /**
   * Of all that the lines of its file say, and so the same on every JVM; computed when it is first
   * asked for.
   */
  public long hash() {
    long known = hash;
    if (known == 0) {
      JsonHash all = new JsonHash();
      for (Entry entry : entries()) {
        HistoryLines.hash(entry, all);
      }
      known = all.value();
      hash = known;
    }
    return known;
  }

  /** Nanoseconds from the run's start to its last entry. */
  public long duration() {
    List<Entry> all = entries();
    return all.isEmpty() ? 0 : all.get(all.size() - 1).time();
  }

  private static <T extends Entry> List<T> only(List<Entry> entries, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (type.isInstance(entry)) {
        found.add(type.cast(entry));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /** Turns lines into operations. */
  private static final class Pairing {
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, Integer> open = new HashMap<>();
    private final Map<Integer, Integer> retired = new HashMap<>();
    private long last = -1;

    static List<Operation> pair(List<? extends Entry> entries) {
      Pairing pairing = new Pairing();
      for (Entry entry : entries) {
        if (entry.index() <= pairing.last) {
          throw new HistoryException(
              "entry %d follows entry %d; indices must increase"
                  .formatted(entry.index(), pairing.last));
        }
        pairing.last = entry.index();
        if (entry instanceof Entry.Op op) {
          pairing.add(op);
        }
      }
      return pairing.operations;
    }

    private void add(Entry.Op op) {
      if (op.type() == Entry.Type.INVOKE) {
        invoke(op);
      } else if (op.late()) {
        Integer at = retired.remove(op.process());
        if (at == null) {
          throw misfit(op, "which has no operation that ended unknown");
        }
        operations.set(at, complete(operations.get(at), op));
      } else {
        Integer at = open.remove(op.process());
        if (at == null) {
          throw misfit(op, "which has nothing open");
        }
        Operation opened = operations.get(at);
        if (!opened.f().equals(op.f())) {
          throw misfit(op, "which has '" + opened.f() + "' open");
        }
        if (op.type() == Entry.Type.INFO) {
          retired.put(op.process(), at);
        }
        operations.set(at, complete(opened, op));
      }
    }

    private void invoke(Entry.Op op) {
      if (open.containsKey(op.process())) {
        throw misfit(op, "which has an operation open already");
      }
      if (retired.containsKey(op.process())) {
        throw misfit(op, "which is retired: its last operation ended unknown");
      }
      open.put(op.process(), operations.size());
      operations.add(
          new Operation(
              operations.size(),
              op.process(),
              op.f(),
              op.key(),
              op.value(),
              null,
              Outcome.INFO,
              "never completed",
              op.index(),
              op.time(),
              Operation.NEVER,
              Operation.NEVER,
              op.client(),
              op.node(),
              op.intended()));
    }

    private static Operation complete(Operation opened, Entry.Op op) {
      boolean unknown = op.type() == Entry.Type.INFO;
      return new Operation(
          opened.id(),
          opened.process(),
          opened.f(),
          opened.key(),
          opened.input(),
          op.value(),
          switch (op.type()) {
            case OK -> Outcome.OK;
            case FAIL -> Outcome.FAIL;
            case INFO, INVOKE -> Outcome.INFO;
          },
          op.error(),
          opened.invoked(),
          opened.invokeTime(),
          unknown ? Operation.NEVER : op.index(),
          unknown ? Operation.NEVER : op.time(),
          opened.client(),
          opened.node(),
          opened.intendedTime());
    }

    private static HistoryException misfit(Entry.Op op, String why) {
      return new HistoryException(
          "entry %d: '%s' for process %d, %s"
              .formatted(op.index(), op.type().word(), op.process(), why));
    }
  }
}
