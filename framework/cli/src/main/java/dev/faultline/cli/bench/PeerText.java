package dev.faultline.cli.bench;

import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Histories as the peers' drivers read them: a line an operation, with its stamps. */
final class PeerText {
  private PeerText() {}

  /** {@code process call return FUNCTION value...}; what failed did not happen. */
  static void stamped(History history, String kind, Path file) throws IOException {
    try (PrintWriter out = open(file)) {
      out.print("# " + kind + "\n");
      StringBuilder line = new StringBuilder();
      for (Operation op : history.operations()) {
        if (op.outcome() == Outcome.FAIL) {
          continue;
        }
        line.setLength(0);
        line.append(op.process()).append(' ').append(op.invoked()).append(' ');
        line.append(op.ok() ? Long.toString(op.returned()) : "-").append(' ');
        line.append(word(op.f()).toUpperCase(Locale.ROOT)).append(values(op)).append('\n');
        out.append(line);
      }
    }
  }

  /** {@code method value call return}, for PolyLin; nothing is -1, and everything has returned. */
  static void polylin(History history, String kind, Path file) throws IOException {
    try (PrintWriter out = open(file)) {
      out.print("# " + kind + "\n");
      for (Operation op : history.operations()) {
        Object value = op.input() == null ? op.output() : op.input();
        out.print(
            word(op.f())
                + " "
                + (value == null ? "-1" : value)
                + " "
                + op.invoked()
                + " "
                + op.returned()
                + "\n");
      }
    }
  }

  private static String word(String f) {
    return switch (f) {
      case "enqueue" -> "enq";
      case "dequeue" -> "deq";
      case "add" -> "insert";
      default -> f;
    };
  }

  private static String values(Operation op) {
    return switch (op.f()) {
      case "read", "dequeue", "pop" -> op.ok() ? " " + text(op.output()) : "";
      case "cas" ->
          op.input() instanceof List<?> pair
              ? " " + pair.get(0) + " " + pair.get(1) + (op.ok() ? " 1" : "")
              : "";
      case "add", "remove", "contains" ->
          " " + op.input() + (op.ok() ? Boolean.TRUE.equals(op.output()) ? " 1" : " 0" : "");
      case "acquire", "release" -> "";
      default -> " " + text(op.input());
    };
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-1" : value.toString();
  }

  private static PrintWriter open(Path file) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
  }
}
