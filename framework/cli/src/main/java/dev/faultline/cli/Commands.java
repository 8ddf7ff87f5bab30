package dev.faultline.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Makes the command objects, which share one {@link Root}. */
final class Commands implements CommandLine.IFactory {
  private static final Map<Class<?>, Function<Root, Object>> COMMANDS =
      Map.of(
          ListCommand.class, ListCommand::new,
          RunCommand.class, RunCommand::new,
          CheckCommand.class, CheckCommand::new,
          ReportCommand.class, ReportCommand::new,
          DoctorCommand.class, DoctorCommand::new,
          ExploreCommand.class, ExploreCommand::new,
          ReplayCommand.class, ReplayCommand::new,
          ShrinkCommand.class, ShrinkCommand::new,
          BenchSimCommand.class, BenchSimCommand::new,
          MatrixCommand.class, MatrixCommand::new);

  private final Root root;

  Commands(Root root) {
    this.root = root;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Function<Root, Object> command = COMMANDS.get(type);
    return command == null
        ? CommandLine.defaultFactory().create(type)
        : type.cast(command.apply(root));
  }
}
