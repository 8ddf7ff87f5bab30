package dev.faultline.checker.rules;

import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.Operation;
import dev.faultline.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values of operations and events, and tells entries to people. */
final class Shown {
  private Shown() {}

  /** A whole number in an object; null if it is absent or something else. */
  static @Nullable Long number(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> map ? number(map.get(name)) : null;
  }

  static @Nullable Long number(@Nullable Object value) {
    return value instanceof Long n ? n : value instanceof Integer i ? (Long) i.longValue() : null;
  }

  static boolean flag(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get(name));
  }

  static @Nullable Object at(List<?> list, int i) {
    return i < list.size() ? list.get(i) : null;
  }

  /** Milliseconds, or seconds from one second on. */
  static String duration(long nanos) {
    return nanos % 1_000_000_000 == 0
        ? nanos / 1_000_000_000 + " s"
        : String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
  }

  /** Seconds since the run's start. */
  static String moment(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** A line of a witness for an event. */
  static Witness.Step step(Entry.Node event, @Nullable String remark) {
    StringBuilder text = new StringBuilder(event.name());
    event.facts().forEach((k, v) -> text.append(' ').append(k).append(' ').append(Json.write(v)));
    return new Witness.Step(
        event.index(), event.time(), event.time(), event.node(), text.toString(), remark);
  }

  /** A line of a witness for an operation of the fenced log. */
  static Witness.Step step(Operation op, @Nullable String remark) {
    return Witness.Step.of(op, text(op), remark);
  }

  private static String text(Operation op) {
    Long token = number(op.output(), "token");
    if (!op.ok()) {
      String asked = op.input() == null ? "" : " " + Json.write(op.input());
      return op.f() + asked + (op.returned() == Operation.NEVER ? ", unknown" : ", failed");
    }
    return switch (op.f()) {
      case "acquire", "renew" -> {
        Long ttl = number(op.output(), "ttl");
        yield token == null
            ? op.f() + " ok"
            : "%s token %s%s".formatted(op.f(), token, ttl == null ? "" : " for " + duration(ttl));
      }
      case "leader?" -> {
        Long term = number(op.output(), "term");
        yield !flag(op.output(), "leader")
            ? "leader? no"
            : term == null ? "leader? yes" : "leader? yes, term " + term;
      }
      case "held?" ->
          !flag(op.output(), "held")
              ? "held? no"
              : token == null ? "held? yes" : "held? yes, token " + token;
      case "write" ->
          "append %s %s ok, position %s"
              .formatted(token, Json.write(op.input()), number(op.output(), "position"));
      case "release" -> token == null ? "release ok" : "release token " + token;
      case "read" ->
          op.output() instanceof List<?> rows
              ? "read, %d entries".formatted(rows.size())
              : "read " + Json.write(op.output());
      default ->
          op.f()
              + (op.input() == null ? "" : " " + Json.write(op.input()))
              + " → "
              + Json.write(op.output());
    };
  }
}
