package dev.faultline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Makes the command objects, which share one {@link Root}. */
final class Commands implements CommandLine.IFactory {
  private static final Map<Class<?>, Function<Root, Object>> COMMANDS =
      Map.ofEntries(
          entry(ListCommand.class, ListCommand::new),
          entry(RunCommand.class, RunCommand::new),
          entry(CheckCommand.class, CheckCommand::new),
          entry(ConvertCommand.class, ConvertCommand::new),
          entry(ReportCommand.class, ReportCommand::new),
          entry(DoctorCommand.class, DoctorCommand::new),
          entry(ExploreCommand.class, ExploreCommand::new),
          entry(ReplayCommand.class, ReplayCommand::new),
          entry(CarryOverCommand.class, CarryOverCommand::new),
          entry(ShrinkCommand.class, ShrinkCommand::new),
          entry(ExplainCommand.class, ExplainCommand::new),
          entry(GateCommand.class, GateCommand::new),
          entry(MergeCommand.class, MergeCommand::new),
          entry(BenchSearchCommand.class, BenchSearchCommand::new),
          entry(BenchSimCommand.class, BenchSimCommand::new),
          entry(BenchCrashCommand.class, BenchCrashCommand::new),
          entry(BenchRecordCommand.class, BenchRecordCommand::new),
          entry(BenchCheckerCommand.class, BenchCheckerCommand::new),
          entry(BenchOracleCommand.class, BenchOracleCommand::new),
          entry(BenchDetectCommand.class, BenchDetectCommand::new),
          entry(BlockingCommand.class, BlockingCommand::new),
          entry(MatrixCommand.class, MatrixCommand::new));

  /** Those of the first level, in the order in which help shows them. */
  private static final Map<String, Class<?>> FIRST = new LinkedHashMap<>();

  static {
    FIRST.put("run", RunCommand.class);
    FIRST.put("explore", ExploreCommand.class);
    FIRST.put("merge", MergeCommand.class);
    FIRST.put("replay", ReplayCommand.class);
    FIRST.put("carry-over", CarryOverCommand.class);
    FIRST.put("shrink", ShrinkCommand.class);
    FIRST.put("explain", ExplainCommand.class);
    FIRST.put("gate", GateCommand.class);
    FIRST.put("bench", BenchCommand.class);
    FIRST.put("matrix", MatrixCommand.class);
    FIRST.put("blocking", BlockingCommand.class);
    FIRST.put("check", CheckCommand.class);
    FIRST.put("convert", ConvertCommand.class);
    FIRST.put("report", ReportCommand.class);
    FIRST.put("list", ListCommand.class);
    FIRST.put("doctor", DoctorCommand.class);
  }

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

  /**
   * The command line. To read the options of every command takes longer than most commands run; so
   * where the first word names one, it has that one alone.
   */
  CommandLine line(String... args) {
    CommandLine line = new CommandLine(root, this);
    boolean one = args.length > 0 && FIRST.containsKey(args[0]);
    FIRST.forEach((name, type) -> {
      if (!one || name.equals(args[0])) {
        line.addSubcommand(new CommandLine(type, this));
      }
    });
    return line;
  }

  private static Map.Entry<Class<?>, Function<Root, Object>> entry(
      Class<?> type, Function<Root, Object> command) {
    return Map.entry(type, command);
  }
}
