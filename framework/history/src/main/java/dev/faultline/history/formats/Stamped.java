package dev.faultline.history.formats;

import dev.faultline.history.OperationTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads operations that carry the stamps of their call and return, as PolyLin and fptlin have them,
 * into columns of numbers, and makes operations of them once all stamps are in order. Equal stamps
 * are ordered: what ends at one precedes what starts at it.
 */
final class Stamped {
  /** What stands behind a function's name. */
  enum Shape {
    /** A value that is put in. */
    PUT,
    /** A value that was found; −1 for none. */
    TAKE,
    /** A value, and whether it was so. */
    TOLD,
    /** Two values. */
    PAIR,
    /** Whether it was done. */
    DONE,
    /** A value that is put in; the greatest comes first. */
    PUT_RANKED,
    /** A value that was found, of which the greatest comes first; −1 for none. */
    TAKE_RANKED,
    /** A value, and nobody knows whether it was so. */
    ASKED,
    /** Nothing. */
    PLAIN
  }

  record Function(String f, Shape shape) {}

  /** An object's name in the first line, the model that it is, and its functions. */
  record Kind(String model, @Nullable Long starts, Map<String, Function> functions) {}

  private static final Map<String, Function> ELEMENTS =
      Map.of(
          "insert", new Function("add", Shape.TOLD),
          "remove", new Function("remove", Shape.TOLD),
          "contains", new Function("contains", Shape.TOLD));
  private static final Map<String, Function> HEAP =
      Map.of(
          "insert", new Function("insert", Shape.PUT_RANKED),
          "poll", new Function("poll", Shape.TAKE_RANKED),
          "peek", new Function("peek", Shape.TAKE_RANKED));
  private static final Map<String, Function> REGISTER =
      Map.of(
          "write", new Function("write", Shape.PUT),
          "read", new Function("read", Shape.TAKE),
          "cas", new Function("cas", Shape.PAIR));
  private static final Map<String, Function> LOCK =
      Map.of(
          "acquire", new Function("acquire", Shape.PLAIN),
          "release", new Function("release", Shape.PLAIN));

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("register", new Kind("register", null, REGISTER)),
          Map.entry("cas-register", new Kind("cas-register", null, REGISTER)),
          Map.entry("mutex", new Kind("owned-mutex", null, LOCK)),
          Map.entry("set", new Kind("set", null, ELEMENTS)),
          Map.entry("pqueue", new Kind("priority-queue", null, HEAP)),
          Map.entry("priorityqueue", new Kind("priority-queue", null, HEAP)),
          Map.entry(
              "rmw",
              new Kind(
                  "cas-register",
                  0L,
                  Map.of("read_modify_write", new Function("cas", Shape.PAIR)))),
          Map.entry(
              "semaphore",
              new Kind(
                  "semaphore",
                  0L,
                  Map.of(
                      "incr", new Function("release", Shape.DONE),
                      "decr", new Function("acquire", Shape.DONE)))),
          Map.entry(
              "stack",
              new Kind(
                  "stack",
                  null,
                  Map.of(
                      "push", new Function("push", Shape.PUT),
                      "pop", new Function("pop", Shape.TAKE),
                      "peek", new Function("peek", Shape.TAKE)))),
          Map.entry(
              "queue",
              new Kind(
                  "queue",
                  null,
                  Map.of(
                      "enq", new Function("enqueue", Shape.PUT),
                      "deq", new Function("dequeue", Shape.TAKE),
                      "peek", new Function("peek", Shape.TAKE)))),
          Map.entry(
              "deque",
              new Kind(
                  "deque",
                  null,
                  Map.of(
                      "push_front", new Function("push-front", Shape.PUT),
                      "push_back", new Function("push-back", Shape.PUT),
                      "pop_front", new Function("pop-front", Shape.TAKE),
                      "pop_back", new Function("pop-back", Shape.TAKE),
                      "peek_front", new Function("peek-front", Shape.TAKE),
                      "peek_back", new Function("peek-back", Shape.TAKE)))));

  /** Every object that can be read, by its name in the first line. */
  static Map<String, Kind> kinds() {
    return KINDS;
  }

  private final Lines lines;
  private final boolean processes;
  private final long until;
  private final Columns columns = new Columns();

  /** The first words that {@link Lines} gave, and what they mean. */
  private final String[] metWords = new String[8];

  private final Function[] metFunctions = new Function[8];
  private int met;

  /** Values that were met, of which many are met again soon. */
  private final Long[] values = new Long[1 << 10];

  private Stamped(Lines lines, boolean processes, long until) {
    this.lines = lines;
    this.processes = processes;
    this.until = until;
  }

  /** What was read, and of what object. */
  record Read(String object, String model, @Nullable Long starts, OperationTable operations) {}

  /** All operations of a file; {@code processes} if each line begins with one. */
  static Read read(Lines lines, boolean processes, long until) throws IOException {
    return new Stamped(lines, processes, until).read();
  }

  private Read read() throws IOException {
    String object = "";
    while (object.isEmpty() && lines.next()) {
      if (lines.more()) {
        if (!lines.skip('#')) {
          throw lines.wrong("'" + lines.rest() + "'", "'# OBJECT'");
        }
        object = lines.rest();
      }
    }
    Kind kind = KINDS.get(object);
    if (kind == null) {
      throw lines.wrong(
          "object '" + object + "'",
          "one of " + String.join(", ", KINDS.keySet().stream().sorted().toList()));
    }
    while (columns.size() < until && lines.next()) {
      if (lines.more() && lines.peek() != '#') {
        line(kind);
      }
    }
    return new Read(object, kind.model(), kind.starts(), columns.operations());
  }

  private void line(Kind kind) {
    long process = -1;
    long start = 0;
    long end = 0;
    boolean unknown = false;
    if (processes) {
      process = lines.number("a process");
      start = lines.number("the stamp of the call");
      // Ours: a return that never came.
      unknown = lines.more() && lines.skip('-');
      end = unknown ? start : lines.number("the stamp of the return, or -");
    }
    Function function = function(kind);
    Object input = null;
    Object output = null;
    Shape shape = unknown ? asked(function.shape()) : function.shape();
    switch (shape) {
      case PUT -> input = value(lines.number("a value"));
      case TAKE -> {
        long found = lines.number("a value, or -1 for none");
        output = found == -1 ? null : value(found);
      }
      case PUT_RANKED -> input = ranked(lines.number("a value"));
      case TAKE_RANKED -> {
        long found = lines.number("a value, or -1 for none");
        output = found == -1 ? null : ranked(found);
      }
      case ASKED -> input = value(lines.number("a value"));
      case TOLD -> {
        input = value(lines.number("a value"));
        output = truth();
      }
      case PAIR -> input = List.of(lines.number("a value"), lines.number("a value"));
      case DONE -> output = truth();
      case PLAIN -> {
        // Nothing more.
      }
    }
    if (!processes) {
      start = lines.number("the stamp of the call");
      end = lines.number("the stamp of the return");
    }
    lines.end("the line's end");
    if (end < start) {
      throw lines.wrong("a return at " + end, "one at or after the call at " + start);
    }
    if (unknown) {
      columns.open(process, function.f(), input, start);
    } else {
      columns.add(process, function.f(), input, output, start, end);
    }
  }

  private Object value(long value) {
    int slot = (int) value & (values.length - 1);
    Long known = values[slot];
    if (known == null || known != value) {
      known = value;
      values[slot] = known;
    }
    return known;
  }

  /** What is left to say of an operation without an answer. */
  private static Shape asked(Shape shape) {
    return switch (shape) {
      case TAKE, TAKE_RANKED, DONE -> Shape.PLAIN;
      case TOLD -> Shape.ASKED;
      default -> shape;
    };
  }

  /** Our model gives out the least. */
  private static Object ranked(long value) {
    return List.of(-value, value);
  }

  private Function function(Kind kind) {
    String word = lines.word("");
    for (int i = 0; i < met; i++) {
      // One text for one word, as long as it is met often.
      if (word == metWords[i]) {
        return metFunctions[i];
      }
    }
    Function function = kind.functions().get(word.toLowerCase(Locale.ROOT));
    if (function == null) {
      throw lines.wrong(
          "'" + word + "'",
          "one of " + String.join(", ", kind.functions().keySet().stream().sorted().toList()));
    }
    if (met < metWords.length) {
      metWords[met] = word;
      metFunctions[met++] = function;
    }
    return function;
  }

  private Boolean truth() {
    long told = lines.number("1 or 0");
    if (told != 0 && told != 1) {
      throw lines.wrong(String.valueOf(told), "1 or 0");
    }
    return told == 1;
  }
}
