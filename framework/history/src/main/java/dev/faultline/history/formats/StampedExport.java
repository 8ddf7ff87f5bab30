package dev.faultline.history.formats;

import dev.faultline.history.History;
import dev.faultline.history.HistoryException;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes completed operations with the positions of their calls and returns as stamps. */
final class StampedExport {
  private final Format format;
  private final Writer out;

  StampedExport(Format format, Writer out) {
    this.format = format;
    this.out = out;
  }

  void write(History history, String model) throws IOException {
    Map.Entry<String, Stamped.Kind> kind = kind(model);
    out.write("# " + kind.getKey() + "\n");
    for (Operation op : history.operations()) {
      if (op.outcome() == Outcome.FAIL) {
        continue;
      }
      if (op.key() != null) {
        throw misfit(op, "one object, and this has keys");
      }
      boolean unknown = op.outcome() == Outcome.INFO;
      if (unknown && format == Format.POLYLIN) {
        throw misfit(op, "completed operations only, and nobody knows the end of this one");
      }
      String end = unknown ? "-" : String.valueOf(op.returned());
      String said = said(op, kind.getValue());
      out.write(
          format == Format.POLYLIN
              ? "%s %d %s\n".formatted(said, op.invoked(), end)
              : "%d %d %s %s\n"
                  .formatted(op.process(), op.invoked(), end, said.toUpperCase(Locale.ROOT)));
    }
  }

  private Map.Entry<String, Stamped.Kind> kind(String model) {
    // The same object has a name in each.
    String other = format == Format.POLYLIN ? "priorityqueue" : "pqueue";
    for (Map.Entry<String, Stamped.Kind> e : Stamped.kinds().entrySet()) {
      boolean fits = e.getValue().model().equals(model) && e.getValue().starts() == null;
      if (fits && !e.getKey().equals(other)) {
        return e;
      }
    }
    throw new HistoryException(
        "a %s cannot be written as %s, which has %s"
            .formatted(
                model,
                format.id(),
                String.join(", ", Stamped.kinds().keySet().stream().sorted().toList())));
  }

  private String said(Operation op, Stamped.Kind kind) {
    for (Map.Entry<String, Stamped.Function> e : kind.functions().entrySet()) {
      if (e.getValue().f().equals(op.f())) {
        return e.getKey() + values(op, e.getValue().shape());
      }
    }
    throw misfit(op, String.join(", ", kind.functions().keySet().stream().sorted().toList()));
  }

  private String values(Operation op, Stamped.Shape shape) {
    boolean ok = op.ok();
    return switch (shape) {
      case PUT -> " " + number(op, op.input());
      case TAKE -> ok ? " " + (op.output() == null ? "-1" : number(op, op.output())) : "";
      case PUT_RANKED -> " " + number(op, value(op, op.input()));
      case TAKE_RANKED ->
          ok ? " " + (op.output() == null ? "-1" : number(op, value(op, op.output()))) : "";
      case ASKED -> " " + number(op, op.input());
      case TOLD -> " " + number(op, op.input()) + (ok ? " " + truth(op) : "");
      case PAIR ->
          op.input() instanceof List<?> pair && pair.size() == 2
              ? " " + number(op, pair.get(0)) + " " + number(op, pair.get(1))
              : " " + number(op, op.input());
      case DONE -> ok ? " " + truth(op) : "";
      case PLAIN -> "";
    };
  }

  /** The greatest comes first there, so that only what has its negative as rank can be said. */
  private @Nullable Object value(Operation op, @Nullable Object ranked) {
    if (ranked instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof Long rank
        && pair.get(1) instanceof Long value
        && rank == -value) {
      return value;
    }
    throw misfit(
        op, "the greatest first, and ours gives out the least: want [-v, v], not " + ranked);
  }

  private String truth(Operation op) {
    if (op.output() instanceof Boolean done) {
      return done ? "1" : "0";
    }
    throw misfit(op, "an answer for each operation, 1 or 0");
  }

  private String number(Operation op, @Nullable Object value) {
    if (value instanceof Number n && !(value instanceof Double) && n.longValue() >= 0) {
      return String.valueOf(n.longValue());
    }
    throw misfit(op, "whole numbers from 0, not " + value);
  }

  private HistoryException misfit(Operation op, String has) {
    return new HistoryException(
        "entry %d, '%s', cannot be written as %s, which has %s"
            .formatted(op.invoked(), op.f(), format.id(), has));
  }
}
