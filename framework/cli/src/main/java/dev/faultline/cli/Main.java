package dev.faultline.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Where {@code faultline} begins.
 *
 * <p>Exit codes: 0 valid, 1 invalid, 2 void or unknown, 3 could not run (bad usage, environment, a
 * bug), 130 interrupted. picocli's own codes are mapped to these.
 */
public final class Main {
  /** Could not run. */
  static final int TROUBLE = 3;

  private Main() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // Figures are written one way everywhere, so that they can be searched and compared.
    Locale.setDefault(Locale.ROOT);
    Terminal terminal = Terminal.system();
    int code = run(terminal, args);
    terminal.flush();
    System.exit(code);
  }

  /** Runs one command; its exit code. Never throws. */
  static int run(Terminal terminal, String... args) {
    Root root = new Root(terminal);
    try {
      return commandLine(root, args).execute(args);
    } catch (Throwable bug) {
      return Trouble.tell(terminal, root.verbose(), bug);
    }
  }

  private static CommandLine commandLine(Root root, String... args) {
    CommandLine line = new Commands(root).line(args);
    line.registerConverter(java.time.Duration.class, Values::duration);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(root.terminal().out(), true));
    line.setErr(new PrintWriter(root.terminal().err(), true));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setUsageHelpWidth(Math.clamp(root.terminal().width(), 60, 100));
    line.setParameterExceptionHandler((error, unused) -> usage(root.terminal(), error));
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> Trouble.tell(root.terminal(), root.verbose(), error));
    return line;
  }

  private static int usage(Terminal terminal, ParameterException error) {
    StringBuilder text = new StringBuilder(Trouble.oneLine(String.valueOf(error.getMessage())));
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      text.append(" (did you mean ").append(unmatched.getSuggestions().get(0)).append("?)");
    }
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    terminal.error(text + "; see: " + command + " --help");
    return TROUBLE;
  }
}
