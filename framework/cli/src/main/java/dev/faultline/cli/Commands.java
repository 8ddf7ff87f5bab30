package dev.faultline.cli;

import picocli.CommandLine;

/** Makes the command objects, which share one {@link Root}. */
final class Commands implements CommandLine.IFactory {
  private final Root root;

  Commands(Root root) {
    this.root = root;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Object command =
        type == ListCommand.class
            ? new ListCommand(root)
            : type == RunCommand.class
                ? new RunCommand(root)
                : type == CheckCommand.class
                    ? new CheckCommand(root)
                    : type == ReportCommand.class
                        ? new ReportCommand(root)
                        : type == DoctorCommand.class
                            ? new DoctorCommand(root)
                            : type == ExploreCommand.class ? new ExploreCommand(root) : null;
    return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command);
  }
}
