package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.history.HistoryException;
import dev.faultline.json.JsonException;
import java.util.Locale;

/** What went wrong, in one line; a stack trace only when it was asked for. */
final class Trouble {
  private Trouble() {}

  /** Tells it; the exit code. */
  static int tell(Terminal terminal, boolean verbose, Throwable error) {
    terminal.error(line(error, verbose));
    if (verbose) {
      error.printStackTrace(terminal.err());
    }
    return Main.TROUBLE;
  }

  /** An error as one line: value, place and remedy for a person's mistake, else what broke. */
  static String line(Throwable error, boolean verbose) {
    String message = error.getMessage();
    if (message != null && personsMistake(error)) {
      return oneLine(message);
    }
    return "internal error: "
        + oneLine(error.toString())
        + (verbose
            ? ""
            : "; this is a bug in Faultline: --verbose shows where, please report it with the run"
                + " directory");
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static boolean personsMistake(Throwable error) {
    return error instanceof EnvironmentException
        || error instanceof JsonException
        || error instanceof HistoryException;
  }

  /** A word of an enum as people write it. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
