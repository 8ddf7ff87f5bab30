package dev.faultline.history.formats;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.HistoryException;
import dev.faultline.history.HistoryLines;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes histories in formats with an event or an operation a line. */
final class Export {
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Map<String, String> LIMO =
      Map.of("enqueue", "enq", "dequeue", "deq", "push", "push", "pop", "pop");

  private final History history;
  private final Format format;
  private final Writer out;

  Export(History history, Format format, Writer out) {
    this.history = history;
    this.format = format;
    this.out = out;
  }

  /** Ours: every entry, also those that are no operations. */
  void ours() throws IOException {
    line(HistoryLines.header("converted"));
    for (Entry entry : history.entries()) {
      line(HistoryLines.encode(entry));
    }
  }

  /** Logs of etcd runs: a register of whole numbers. */
  void etcd() throws IOException {
    for (Event e : Event.of(history)) {
      Operation op = e.op();
      String asked =
          switch (op.f()) {
            case "read" -> "nil";
            case "write" -> number(op, op.input());
            case "cas" -> pair(op);
            default -> throw misfit(op, "read, write and cas of whole numbers");
          };
      if (op.key() != null) {
        throw misfit(op, "one object, and this has keys");
      }
      String said = asked;
      if (e.completes() && op.outcome() == Outcome.OK && op.f().equals("read")) {
        said = op.output() == null ? "nil" : number(op, op.output());
      } else if (e.completes() && (op.outcome() == Outcome.INFO || !op.f().equals("cas"))) {
        said = op.outcome() == Outcome.OK ? asked : ":timed-out";
      }
      line("INFO  jepsen.util - %d\t:%s\t:%s\t%s".formatted(op.process(), e.type(), op.f(), said));
    }
  }

  /** Logs of a key-value store: texts. */
  void kv() throws IOException {
    for (Event e : Event.of(history)) {
      Operation op = e.op();
      if (op.outcome() == Outcome.FAIL) {
        continue;
      }
      boolean gets = op.f().equals("get");
      if (!gets && !op.f().equals("put") && !op.f().equals("append")) {
        throw misfit(op, "get, put and append of texts");
      }
      Object value =
          gets ? (e.completes() ? (op.output() == null ? "" : op.output()) : null) : op.input();
      if (!(op.key() instanceof String key) || (value != null && !(value instanceof String))) {
        throw misfit(op, "keys and values that are texts");
      }
      if (e.completes() && op.outcome() != Outcome.OK) {
        continue;
      }
      line(
          "{:process %d, :type :%s, :f :%s, :key %s, :value %s}"
              .formatted(op.process(), e.type(), op.f(), Edn.write(key), Edn.write(value)));
    }
  }

  /** LiMo's calls and returns of a queue or a stack. */
  void limo(String model) throws IOException {
    if (!model.equals("queue") && !model.equals("stack")) {
      throw new HistoryException(
          "a %s cannot be written as limo, which has queues and stacks".formatted(model));
    }
    line("# @object atomic-" + model);
    for (Event e : Event.of(history)) {
      Operation op = e.op();
      String name = LIMO.get(op.f());
      if (name == null || op.key() != null) {
        throw misfit(op, "one object with " + (model.equals("queue") ? "enq, deq" : "push, pop"));
      }
      if (op.outcome() == Outcome.FAIL || (e.completes() && op.outcome() == Outcome.INFO)) {
        continue;
      }
      boolean puts = name.equals("enq") || name.equals("push");
      if (!e.completes()) {
        String value = puts ? "(" + word(op, op.input()) + ")" : "";
        line("[%d] call %s%s".formatted(op.process(), name, value));
      } else {
        Object found = op.output();
        String value = puts ? "" : found == null ? " empty" : " " + word(op, found);
        line("[%d] return%s".formatted(op.process(), value));
      }
    }
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }

  private String number(Operation op, @Nullable Object value) {
    if (value instanceof Number n && !(value instanceof Double)) {
      return String.valueOf(n.longValue());
    }
    throw misfit(op, "whole numbers, not " + value);
  }

  private String pair(Operation op) {
    if (op.input() instanceof List<?> pair && pair.size() == 2) {
      return "[" + number(op, pair.get(0)) + " " + number(op, pair.get(1)) + "]";
    }
    throw misfit(op, "a cas of [old, new]");
  }

  private String word(Operation op, @Nullable Object value) {
    String text = String.valueOf(value);
    if (!WORD.matcher(text).matches()) {
      throw misfit(op, "values of letters and digits, not " + text);
    }
    return text;
  }

  private HistoryException misfit(Operation op, String has) {
    return new HistoryException(
        "entry %d, '%s', cannot be written as %s, which has %s"
            .formatted(op.invoked(), op.f(), format.id(), has));
  }
}
