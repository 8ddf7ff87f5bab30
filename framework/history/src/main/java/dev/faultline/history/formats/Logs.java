package dev.faultline.history.formats;

import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads logs with one event a line: those of etcd runs, and LiMo's. */
final class Logs {
  private static final String TYPES = ":invoke, :ok, :fail or :info";

  private Logs() {}

  /**
   * {@code INFO jepsen.util - PROCESS TYPE F VALUE}. Lines of something else are passed over, as
   * are those of a process that is no number.
   */
  static OperationTable etcd(Lines lines, Recording recording) throws IOException {
    while (!recording.full() && lines.next()) {
      if (!lines.word("").equals("INFO")
          || !lines.word("").equals("jepsen.util")
          || !lines.word("").equals("-")) {
        continue;
      }
      boolean more = lines.more();
      if (!more || lines.peek() < '0' || lines.peek() > '9') {
        continue;
      }
      etcdEvent(lines, recording);
    }
    return recording.operations();
  }

  private static void etcdEvent(Lines lines, Recording recording) {
    long process = lines.number("a process");
    String type = lines.word("");
    String f =
        switch (lines.word("")) {
          case ":read" -> "read";
          case ":write" -> "write";
          case ":cas" -> "cas";
          case String other -> throw lines.wrong("'" + other + "'", ":read, :write or :cas");
        };
    boolean reads = f.equals("read");
    Object value = null;
    String said = null;
    boolean told = lines.more() && lines.peek() != ':' && lines.peek() != 'n';
    if (told) {
      value = f.equals("cas") ? pair(lines) : (Object) lines.number("a number");
      lines.end("the line's end");
    } else {
      said = lines.rest();
    }
    long line = lines.number();
    String opened = recording.f(process);
    if (!type.equals(":invoke") && opened != null && !opened.equals(f)) {
      throw lines.wrong(":" + f, ":" + opened + ", which process " + process + " has open");
    }
    Object asked = recording.input(process);
    long now = recording.now();
    switch (type) {
      case ":invoke" -> {
        if (!reads && value == null) {
          throw lines.wrong("'" + said + "'", f.equals("cas") ? "[OLD NEW]" : "a number");
        }
        recording.invoke(line, process, f, null, value, now);
      }
      case ":ok" ->
          recording.complete(line, process, Outcome.OK, asked, reads ? value : null, null, now);
      case ":fail" -> recording.complete(line, process, Outcome.FAIL, asked, null, said, now);
      case ":info" -> recording.complete(line, process, Outcome.INFO, asked, null, said, now);
      default -> throw lines.wrong("'" + type + "'", TYPES);
    }
  }

  private static List<Object> pair(Lines lines) {
    if (!lines.skip('[')) {
      throw lines.wrong("'" + lines.rest() + "'", "[OLD NEW]");
    }
    List<Object> pair = List.of(lines.number("[OLD NEW]"), lines.number("[OLD NEW]"));
    boolean unused = lines.more();
    if (!lines.skip(']')) {
      throw lines.wrong("'" + lines.rest() + "'", "']'");
    }
    return pair;
  }

  /** What was read, and of what. */
  record Limo(String object, OperationTable operations) {}

  /**
   * {@code [T] call OP V} and {@code [T] return V} after a line {@code # @object TYPE}; {@code
   * crash} leaves open what is open.
   */
  static Limo limo(Lines lines, Recording recording) throws IOException {
    String object = object(lines);
    while (!recording.full() && lines.next()) {
      if (!lines.more() || lines.peek() == '#') {
        continue;
      }
      if (!lines.skip('[')) {
        String word = lines.rest();
        if (!word.equals("crash")) {
          throw lines.wrong("'" + word + "'", "[T] call OP, [T] return or crash");
        }
        recording.crash();
        continue;
      }
      long process = lines.number("a number in brackets");
      if (!lines.skip(']')) {
        throw lines.wrong("'" + lines.rest() + "'", "']'");
      }
      String kind = lines.word("");
      switch (kind) {
        case "call" -> call(lines, recording, object, process);
        case "return" -> returned(lines, recording, process);
        default -> throw lines.wrong("'" + kind + "'", "call or return");
      }
    }
    return new Limo(object, recording.operations());
  }

  private static String object(Lines lines) throws IOException {
    while (lines.next()) {
      if (lines.more() && lines.skip('#') && lines.word("").equals("@object")) {
        String object = lines.rest();
        String kind = object.startsWith("atomic-") ? object.substring(7) : object;
        if (!kind.equals("queue") && !kind.equals("stack")) {
          throw lines.wrong("object '" + object + "'", "[atomic-]queue or [atomic-]stack");
        }
        return kind;
      }
    }
    throw lines.wrong("no line '# @object TYPE'", "one before the first event");
  }

  private static void call(Lines lines, Recording recording, String object, long process) {
    String op = lines.word("(");
    boolean bracket = lines.skip('(');
    // A value may have commas and brackets of its own: push(?<0,1>).
    String text = lines.rest();
    if (bracket) {
      if (!text.endsWith(")")) {
        throw lines.wrong("'" + text + "'", "')' at the line's end");
      }
      text = text.substring(0, text.length() - 1).strip();
    }
    String f = function(object, op);
    if (f == null) {
      throw lines.wrong(
          "operation '" + op + "' of a " + object,
          object.equals("queue") ? "enq or deq (or add, remove)" : "push or pop (or add, remove)");
    }
    boolean puts = f.equals("enqueue") || f.equals("push");
    if (puts && text.isEmpty()) {
      throw lines.wrong("no value", op + "(VALUE)");
    }
    recording.invoke(
        lines.number(), process, f, null, text.isEmpty() ? null : value(text), recording.now());
  }

  private static @Nullable String function(String object, String op) {
    boolean queue = object.equals("queue");
    return switch (op) {
      case "add", "insert" -> queue ? "enqueue" : "push";
      case "remove" -> queue ? "dequeue" : "pop";
      case "enq", "enqueue" -> queue ? "enqueue" : null;
      case "deq", "dequeue" -> queue ? "dequeue" : null;
      case "push" -> queue ? null : "push";
      case "pop" -> queue ? null : "pop";
      default -> null;
    };
  }

  private static void returned(Lines lines, Recording recording, long process) {
    String text = lines.rest();
    String f = recording.f(process);
    boolean takes = f != null && (f.equals("dequeue") || f.equals("pop"));
    Object asked = recording.input(process);
    Object output = null;
    if (takes && text.isEmpty()) {
      // Written by hand: the call says what will be found.
      output = asked;
    } else if (takes && !text.equals("empty")) {
      output = value(text);
    }
    recording.complete(
        lines.number(), process, Outcome.OK, takes ? null : asked, output, null, recording.now());
  }

  private static Object value(String text) {
    boolean number = text.length() < 18 && !text.equals("-");
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length() && number; i++) {
      number = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return number ? (Object) Long.valueOf(text) : text;
  }
}
