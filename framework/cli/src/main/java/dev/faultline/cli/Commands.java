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
    Object command = null;
    if (type == ListCommand.class) {
      command = new ListCommand(root);
    } else if (type == RunCommand.class) {
      command = new RunCommand(root);
    } else if (type == CheckCommand.class) {
      command = new CheckCommand(root);
    } else if (type == ReportCommand.class) {
      command = new ReportCommand(root);
    } else if (type == DoctorCommand.class) {
      command = new DoctorCommand(root);
    } else if (type == ExploreCommand.class) {
      command = new ExploreCommand(root);
    } else if (type == ReplayCommand.class) {
      command = new ReplayCommand(root);
    } else if (type == ShrinkCommand.class) {
      command = new ShrinkCommand(root);
    }
    return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command);
  }
}
