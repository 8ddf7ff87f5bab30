package dev.faultline.history.formats;

import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import dev.faultline.history.formats.Meaning.Starts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which model operations fit, by their functions and values, and what a format means by them. */
final class Guess {
  private static final String LINES = "Precedence is the order of events.";
  private static final String STAMPS =
      "Precedence is by stamps; what ends at a stamp precedes what starts at it.";
  private static final String FAILED = "What failed did not happen, a compare-and-set too.";
  private static final String OPEN = "What never returned may take effect at any time, or never.";

  private Guess() {}

  static Meaning etcd() {
    return Meaning.of(
        Format.ETCD,
        "cas-register-observing",
        LINES,
        "A failed compare-and-set found another value than it expected; any other failure did not"
            + " happen.",
        "At first the register holds nothing (nil), which a read may find.",
        OPEN);
  }

  static Meaning limo(String object) {
    return Meaning.of(
        Format.LIMO,
        object,
        LINES,
        "A return of 'empty', or of nothing, from what takes a value means that there was none.",
        OPEN);
  }

  static Meaning stamped(Format format, Stamped.Read read) {
    List<String> notes = new ArrayList<>(List.of(STAMPS, "Every operation took effect."));
    Map<String, Object> params = Map.of();
    Starts starts = new Starts.AsTheModel();
    Long first = read.starts();
    if (first != null && read.model().equals("semaphore")) {
      params = Map.of("permits", first);
      notes.add("At first there is no permit; INCR gives one back, DECR takes one.");
    } else if (first != null) {
      starts = new Starts.With(first);
      notes.add("At first the register holds 0.");
    } else {
      if (read.model().equals("priority-queue")) {
        notes.add("The greatest comes first: v is the pair [-v, v] of a rank and a value.");
      }
      notes.add("-1 means that there was nothing to take or to see.");
    }
    return new Meaning(format, Meaning.LINEARIZABLE, read.model(), params, starts, notes);
  }

  static Imported kv(OperationTable operations) {
    boolean empty =
        operations.stream().anyMatch(op -> !op.f().equals("get") && "".equals(op.input()));
    OperationTable all =
        empty
            ? operations
            : operations.with(
                i -> "".equals(operations.output(i)), op -> Edits.answering(op, null));
    return new Imported(
        History.ofOperations(all),
        Meaning.of(
            Format.KV,
            "map",
            LINES,
            "A get of a key that nobody has written finds \"\".",
            "append adds to the end of a key's text, put replaces it.",
            OPEN),
        null);
  }

  /** What a history means otherwise once it is written in another format. */
  static List<String> otherwise(Imported read, Format format) {
    List<String> notes = new ArrayList<>();
    List<Operation> operations = read.history().operations();
    boolean observes = "cas-register-observing".equals(read.meaning().model());
    boolean failed = operations.stream().anyMatch(op -> op.outcome() == Outcome.FAIL);
    if (observes && failed && format != Format.ETCD) {
      notes.add(
          "a failed compare-and-set found another value; check with --model"
              + " cas-register-observing, for %s does not say so".formatted(format.id()));
    }
    if (format == Format.ETCD && !observes && operations.stream().anyMatch(Guess::failedSwap)) {
      notes.add("in etcd-log a failed compare-and-set means that another value was found");
    }
    boolean nothing =
        operations.stream().anyMatch(op -> op.ok() && op.f().equals("read") && op.output() == null);
    if (nothing && (format == Format.EDN || format == Format.JSON)) {
      notes.add("a read found nothing; in %s that says nothing".formatted(format.id()));
    }
    if (failed
        && format != Format.NATIVE
        && format != Format.EDN
        && format != Format.JSON
        && format != Format.ETCD) {
      notes.add("what failed is left out, for %s has no such thing".formatted(format.id()));
    }
    return notes;
  }

  private static boolean failedSwap(Operation op) {
    return op.f().equals("cas") && op.outcome() == Outcome.FAIL;
  }

  static Meaning ours(History history) {
    Kind kind = kind(history.operations());
    return new Meaning(
        Format.NATIVE,
        kind.property(),
        kind.model(),
        kind.params(),
        new Starts.AsTheModel(),
        List.of(LINES, FAILED, OPEN));
  }

  /** What Knossos' rules make of operations. */
  static Imported maps(Format format, OperationTable read) {
    boolean keyed = Edits.areKeyed(read);
    OperationTable operations = keyed ? Edits.withKeys(read) : read;
    Kind kind = kind(operations);
    List<String> notes = new ArrayList<>(List.of(LINES, FAILED, OPEN));
    Starts starts = new Starts.AsTheModel();
    if (keyed) {
      notes.add("Values [key value] are of independent objects.");
    }
    String model = kind.model();
    if (model != null && model.endsWith("register")) {
      operations = Edits.withoutReadsOfNothing(operations);
      starts = new Starts.Untold();
      notes.add("A read of nil says nothing.");
    }
    if (kind.property().equals(Meaning.ISOLATION)) {
      return new Imported(History.ofOperations(operations), Meaning.transactions(format), null);
    }
    notes.addAll(kind.notes());
    return new Imported(
        History.ofOperations(operations),
        new Meaning(format, kind.property(), model, kind.params(), starts, notes),
        null);
  }

  /** What operations are about. */
  private record Kind(
      String property, @Nullable String model, Map<String, Object> params, List<String> notes) {
    static Kind of(@Nullable String model) {
      return new Kind(Meaning.LINEARIZABLE, model, Map.of(), List.of());
    }

    static Kind transactions() {
      return new Kind(Meaning.ISOLATION, null, Map.of(), List.of());
    }
  }

  private static Kind kind(List<Operation> operations) {
    Set<String> functions = new HashSet<>();
    Shape shape = new Shape();
    String last = "";
    OperationColumns columns = OperationColumns.of(operations);
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.f(i).equals(last)) {
        last = columns.f(i);
        functions.add(last);
      }
      shape.see(columns.f(i), columns.input(i), columns.output(i));
    }
    if (functions.isEmpty()) {
      return Kind.of("register");
    }
    if (shape.transactions) {
      return shape.registers ? Kind.of("multi-register") : Kind.transactions();
    }
    if (functions.equals(Set.of("read", "transfer"))
        || (functions.equals(Set.of("read")) && shape.maps)) {
      return bank(operations);
    }
    if (Set.of("read", "write", "cas").containsAll(functions)) {
      return shape.lists
          ? Kind.transactions()
          : Kind.of(functions.contains("cas") ? "cas-register" : "register");
    }
    if (Set.of("add", "read", "remove", "contains").containsAll(functions)) {
      boolean set = shape.lists || functions.contains("contains");
      return Kind.of(functions.contains("remove") ? "set" : set ? "grow-only-set" : "counter");
    }
    for (Fit fit : FITS) {
      if (fit.functions().containsAll(functions)) {
        return Kind.of(fit.model());
      }
    }
    return Kind.of(null);
  }

  /** Functions that only one model has. */
  private record Fit(String model, Set<String> functions) {}

  private static final List<Fit> FITS =
      List.of(
          new Fit("mutex", Set.of("acquire", "release")),
          new Fit("lease", Set.of("acquire", "renew", "release")),
          new Fit("queue", Set.of("enqueue", "dequeue", "peek")),
          new Fit("stack", Set.of("push", "pop", "peek")),
          new Fit("priority-queue", Set.of("insert", "poll", "peek")),
          new Fit(
              "deque",
              Set.of(
                  "push-front", "push-back", "pop-front", "pop-back", "peek-front", "peek-back")),
          new Fit("map", Set.of("get", "put", "delete", "append", "cas")),
          new Fit("log", Set.of("append", "read")),
          new Fit("unique-ids", Set.of("generate")),
          new Fit("counter", Set.of("add", "add-and-get", "get-and-add", "read")));

  private static Kind bank(List<Operation> operations) {
    for (Operation op : operations) {
      if (op.ok() && op.f().equals("read") && op.output() instanceof Map<?, ?> accounts) {
        long sum = 0;
        for (Object balance : accounts.values()) {
          sum += balance instanceof Long n ? n : 0;
        }
        return new Kind(
            "bank.total",
            null,
            Map.of("total", sum),
            List.of("The total is that of the first read: %d.".formatted(sum)));
      }
    }
    return new Kind("bank.total", null, Map.of("total", 0L), List.of());
  }

  /** What kinds of values there are. */
  private static final class Shape {
    private static final Set<String> SMALL = Set.of("r", "w", "read", "write", "append");

    boolean transactions;

    /** Transactions of registers, as Knossos has them. */
    boolean registers = true;

    /** Reads of many values. */
    boolean lists;

    boolean maps;

    void see(String f, @Nullable Object input, @Nullable Object output) {
      if (input instanceof List<?> parts && parts.size() > 0 && parts.get(0) instanceof List<?>) {
        boolean all = true;
        for (Object part : parts) {
          boolean fits =
              part instanceof List<?> three
                  && three.size() == 3
                  && three.get(0) instanceof String small
                  && SMALL.contains(small);
          all &= fits;
          registers &=
              fits
                  && part instanceof List<?> p
                  && (p.get(0).equals("read") || p.get(0).equals("write"));
        }
        transactions |= all;
      }
      if (f.equals("read")) {
        lists |= output instanceof List<?>;
        maps |= output instanceof Map<?, ?>;
      }
    }
  }
}
