package dev.faultline.cli;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a person reads. The launcher finds out what the streams are connected to, since Java cannot
 * say it on every version, and passes it as system properties.
 *
 * @param width columns
 * @param colourWanted whether colour may be used on a terminal ({@code NO_COLOR} is not set)
 */
record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int width,
    boolean colourWanted) {
  /** Columns where there is no terminal. */
  static final int PLAIN_WIDTH = 100;

  private static final int WIDEST = 160;

  /** The process's own streams. */
  static Terminal system() {
    Map<String, String> environment = System.getenv();
    String noColour = environment.get("NO_COLOR");
    return new Terminal(
        System.out,
        System.err,
        Boolean.getBoolean("faultline.stdout.terminal"),
        Boolean.getBoolean("faultline.stderr.terminal") && environment.get("CI") == null,
        width(System.getProperty("faultline.columns")),
        (noColour == null || noColour.isEmpty()) && !"dumb".equals(environment.get("TERM")));
  }

  private static int width(@Nullable String columns) {
    try {
      int asked = columns == null ? 0 : Integer.parseInt(columns.strip());
      return asked <= 0 ? PLAIN_WIDTH : Math.min(asked, WIDEST);
    } catch (NumberFormatException notANumber) {
      return PLAIN_WIDTH;
    }
  }

  /** Columns of the results: a file or a pipe has its own. */
  int outWidth() {
    return outIsTerminal ? width : PLAIN_WIDTH;
  }

  /** An error, in one line. */
  void error(String text) {
    out.flush();
    err.println("faultline: " + text);
    err.flush();
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
