package dev.faultline.history.formats;

import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads maps with {@code process type f value}, and perhaps {@code time error key}, in a vector or
 * one after another: what Knossos, Jepsen, elle-cli and the key-value logs of Porcupine have in
 * common. What a process that is no number does is left out, as it is the nemesis.
 */
final class Maps {
  /** What an operation is asked with, so that an answer may tell what the call left out. */
  private static final Set<String> GIVEN =
      Set.of("write", "cas", "add", "enqueue", "push", "insert", "append", "put", "txn");

  /** Stands for a process where a map names none. */
  private static final long NOBODY = Long.MIN_VALUE;

  private final Text text;
  private final Recording recording;

  /** Open operations of maps without a process, by function. */
  private final Map<String, Deque<Long>> nameless = new HashMap<>();

  private long fresh;

  private Maps(Text text, Recording recording) {
    this.text = text;
    this.recording = recording;
  }

  /** All operations of a file. */
  static OperationTable read(Text text, Recording recording) throws IOException {
    Maps maps = new Maps(text, recording);
    maps.all();
    return recording.operations();
  }

  private void all() throws IOException {
    char close = text.opens('[') ? ']' : text.opens('(') ? ')' : 0;
    while (!recording.full()) {
      int c = text.ahead();
      if (c == Text.END && close == 0) {
        return;
      }
      if (close != 0 && text.opens(close)) {
        if (text.ahead() != Text.END) {
          throw text.wrong("more after the last '" + close + "'", "the end of the file");
        }
        return;
      }
      if (!text.opens('{')) {
        throw text.wrong(
            c == Text.END ? "the end of the file" : "'" + (char) c + "'",
            close == 0 ? "a map of one event" : "a map of one event, or '" + close + "'");
      }
      event();
    }
  }

  private void event() throws IOException {
    long line = text.line();
    long given = NOBODY;
    boolean client = true;
    Object type = null;
    String f = "txn";
    Object key = null;
    Object value = null;
    Object error = null;
    long at = recording.now();
    text.members();
    for (String name = text.member(); name != null; name = text.member()) {
      switch (name) {
        case "process" -> {
          Object process = text.isPlain() ? (Object) text.plain() : text.value();
          client = process instanceof Long;
          given = process instanceof Long n ? n : NOBODY;
        }
        case "type" -> type = text.value();
        case "f" -> f = String.valueOf(text.value());
        case "key" -> key = text.value();
        case "value" -> value = text.value();
        case "time" -> at = text.isPlain() ? text.plain() : time(text.value(), at);
        case "error" -> error = text.value();
        default -> text.skip();
      }
    }
    if (!client) {
      return;
    }
    switch (String.valueOf(type)) {
      case "invoke" -> recording.invoke(line, begins(given, f), f, key, value, at);
      case "ok" -> complete(line, given, f, Outcome.OK, value, null, at);
      case "fail" -> complete(line, given, f, Outcome.FAIL, value, text(error, value), at);
      case "info" -> complete(line, given, f, Outcome.INFO, value, text(error, value), at);
      default -> throw text.wrong("type " + type, "invoke, ok, fail or info");
    }
  }

  private static long time(@Nullable Object told, long otherwise) {
    return told instanceof Long n ? n : otherwise;
  }

  private static String text(@Nullable Object error, @Nullable Object value) {
    return error != null
        ? String.valueOf(error)
        : value instanceof String s ? s : "no reason given";
  }

  /** The process of an invocation; one that the map does not name is a new one. */
  private long begins(long given, String f) {
    if (given != NOBODY) {
      return given;
    }
    long process = fresh++;
    nameless.computeIfAbsent(f, unused -> new ArrayDeque<>()).add(process);
    return process;
  }

  private void complete(
      long line,
      long given,
      String f,
      Outcome outcome,
      @Nullable Object value,
      @Nullable String error,
      long time) {
    long process = given;
    if (given == NOBODY) {
      Long first = nameless.getOrDefault(f, new ArrayDeque<>()).poll();
      process = first == null ? NOBODY : first;
    }
    String opened = recording.f(process);
    if (opened == null && outcome == Outcome.INFO) {
      // Clients may tell of things that are no operations.
      return;
    }
    if (opened != null && !opened.equals(f)) {
      throw text.wrong("'" + f + "' of process " + given, "'" + opened + "', which it has open");
    }
    Object input = recording.input(process);
    boolean ok = outcome == Outcome.OK;
    recording.complete(
        line,
        process,
        outcome,
        input == null && ok && GIVEN.contains(f) ? value : input,
        ok ? value : null,
        error,
        time);
  }
}
