package dev.faultline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand, and the options that all of them share. */
@Command(
    name = "faultline",
    description = "Finds the consistency bugs that faults uncover.%n",
    versionProvider = Root.Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footer = {
      "%nExit codes: 0 valid, 1 invalid, 2 void or unknown, 3 could not run, 130 interrupted."
    })
final class Root implements Callable<Integer> {
  /** When to use colour. */
  enum Colour {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Show no progress.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "auto, always or never; auto heeds NO_COLOR.")
  private Colour colour = Colour.AUTO;

  Root(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  boolean verbose() {
    return verbose;
  }

  boolean quiet() {
    return quiet;
  }

  /** Whether results are coloured. */
  boolean colourOut() {
    return colour(terminal.outIsTerminal());
  }

  /** Whether progress is coloured. */
  boolean colourErr() {
    return colour(terminal.errIsTerminal());
  }

  private boolean colour(boolean onTerminal) {
    return switch (colour) {
      case AUTO -> onTerminal && terminal.colourWanted();
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  @Override
  public Integer call() {
    CommandSpec own = spec;
    if (own != null) {
      own.commandLine().usage(own.commandLine().getErr());
    }
    return Main.TROUBLE;
  }

  /** What {@code --version} prints. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Root.class.getPackage().getImplementationVersion();
      return new String[] {
        "faultline " + (version == null ? "development" : version),
        "java " + Runtime.version() + ", " + System.getProperty("java.home", "")
      };
    }
  }
}
