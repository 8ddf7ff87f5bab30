package dev.faultline.cli;

import dev.faultline.harness.Report;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.RunResult;
import dev.faultline.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline report}: writes all reports of a run again. */
@Command(
    name = "report",
    description = "Judge a run again and write all its reports, from its files alone.%n",
    footer = "%nExits with 0 when the reports are written, whatever the verdict.")
final class ReportCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(index = "0", paramLabel = "RUNDIR", description = "The directory of a run.")
  private Path dir = Path.of("");

  @Option(names = "--json", description = "Print the files' names as JSON.")
  private boolean json;

  ReportCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    RunResult result = Experiment.check(dir, Long.MAX_VALUE, Experiment.CHECK_TIME);
    Experiment.report(result);
    List<String> files =
        Catalog.reports().stream()
            .map(Report::fileName)
            .map(name -> dir.resolve(name).toString())
            .toList();
    if (json) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("status", Trouble.word(result.judgement().status()));
      map.put("files", files);
      root.terminal().out().print(Json.pretty(map));
      return 0;
    }
    files.forEach(root.terminal().out()::println);
    return 0;
  }
}
