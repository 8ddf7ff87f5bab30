package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Report;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.RunResult;
import dev.faultline.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows judged runs on standard output, by the reports made for that. */
final class Results {
  private final Root root;
  private final boolean json;

  Results(Root root, boolean json) {
    this.root = root;
    this.json = json;
  }

  /** Prints the verdict; its exit code. */
  int show(RunResult result) {
    root.terminal().out().print(json ? Json.pretty(data(result)) : text(result));
    root.terminal().out().flush();
    return result.judgement().status().exitCode();
  }

  String text(RunResult result) {
    for (Report report : Catalog.reports()) {
      if (report instanceof Report.Screen screen) {
        StringBuilder text =
            new StringBuilder(
                screen.show(input(result), root.terminal().outWidth(), root.colourOut()));
        result.notes().forEach(note -> text.append("  note       ").append(note).append('\n'));
        return text.toString();
      }
    }
    throw new EnvironmentException("no report for a terminal on the class path");
  }

  /** The verdict as an object, with the run directory. */
  static Map<String, @Nullable Object> data(RunResult result) {
    for (Report report : Catalog.reports()) {
      if (report instanceof Report.Data data) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("dir", result.dir().toString());
        map.putAll(Json.readObject(written(data, input(result))));
        map.put("notes", result.notes());
        return map;
      }
    }
    throw new EnvironmentException("no report for machines on the class path");
  }

  private static String written(Report report, Report.Input input) {
    StringWriter text = new StringWriter();
    try {
      report.write(input, text);
    } catch (IOException e) {
      throw new EnvironmentException(report.fileName() + ": " + e.getMessage(), e);
    }
    return text.toString();
  }

  private static Report.Input input(RunResult result) {
    return new Report.Input(
        result.run(),
        result.history(),
        result.judgement(),
        result.dir(),
        Experiment.again(result.dir()));
  }
}
