package dev.faultline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code faultline bench}: the figures that are quoted, measured again. */
@Command(
    name = "bench",
    description = "Measure Faultline itself.%n",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      BenchSearchCommand.class,
      BenchSimCommand.class,
      BenchCrashCommand.class,
      BenchRecordCommand.class,
      BenchCheckerCommand.class,
      BenchOracleCommand.class,
      BenchDetectCommand.class
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec own = spec;
    if (own != null) {
      own.commandLine().usage(own.commandLine().getErr());
    }
    return Main.TROUBLE;
  }
}
