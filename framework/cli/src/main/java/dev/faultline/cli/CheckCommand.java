package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.RunResult;
import dev.faultline.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline check}: judges recorded runs and bare histories again. */
@Command(
    name = "check",
    sortOptions = false,
    description = {
      "Judge recorded runs again, from their files alone.%n",
      "A directory is judged as its run.json says. A history file is judged by --property, or, "
          + "without it, as the run.json beside it says. One bad file does not spoil the next; the "
          + "exit code is the worst: 1 over 3 over 2 over 0.%n"
    },
    footer = {
      "%nExamples:",
      "  faultline check runs/20261123-142210-grants-no-fencing",
      "  faultline check history.jsonl.gz --property linearizable --param model=cas-register"
    })
final class CheckCommand implements Callable<Integer> {
  private final Root root;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUNDIR|FILE",
      description = "Run directories, or history files (.jsonl, .jsonl.gz).")
  private List<Path> paths = List.of();

  @Option(
      names = "--property",
      paramLabel = "ID",
      split = ",",
      description = "Judge a history file by this property.")
  private List<String> properties = List.of();

  @Option(
      names = "--param",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the checker, such as model=cas-register.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(names = "--until", paramLabel = "N", description = "Judge the first N entries only.")
  private long until = Long.MAX_VALUE;

  @Option(names = "--budget", paramLabel = "TIME", description = "Of each check; 60s by default.")
  private Duration budget = Experiment.CHECK_TIME;

  @Option(names = "--json", description = "Print the verdicts as JSON.")
  private boolean json;

  CheckCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (until < 0) {
      throw usage("--until " + until + ": want 0 or more");
    }
    if (!budget.isPositive()) {
      throw usage("--budget " + budget.toMillis() + "ms: want more than 0");
    }
    if (!params.isEmpty() && properties.isEmpty()) {
      throw usage("--param belongs to a --property");
    }
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    int worst = 0;
    String gap = "";
    for (Path path : paths) {
      Checked checked = check(path);
      worst = worse(worst, checked.exitCode());
      all.add(checked.data());
      if (!json && !checked.text().isEmpty()) {
        String title = paths.size() > 1 ? path + "\n" : "";
        root.terminal().out().print(gap + title + checked.text());
        root.terminal().out().flush();
        gap = "\n";
      }
    }
    if (json) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("exitCode", worst);
      map.put("results", all);
      root.terminal().out().print(Json.pretty(map));
    }
    return worst;
  }

  /** What became of one path. */
  record Checked(int exitCode, String text, Map<String, @Nullable Object> data) {}

  private Checked check(Path path) {
    try {
      Path run = runOf(path);
      if (run != null && Experiment.diedBeforePlan(run)) {
        return nothingYet(run);
      }
      if (run != null) {
        RunResult result = Experiment.check(run, until, budget);
        return new Checked(
            result.judgement().status().exitCode(),
            json ? "" : new Results(root, false).text(result),
            json ? Results.data(result) : Map.of());
      }
      return new FileCheck(path, properties, params, until, budget).check();
    } catch (RuntimeException e) {
      return trouble(path, e);
    }
  }

  private static Checked nothingYet(Path run) {
    String why = "the run ended before its plan was written; nothing had been started";
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("dir", run.toString());
    map.put("status", Judgement.Status.VOID.toString());
    map.put("reasons", List.of(why));
    String text = "%s  %s%n  %s%n".formatted(Judgement.Status.VOID, run, why);
    return new Checked(Judgement.Status.VOID.exitCode(), text, map);
  }

  private Checked trouble(Path path, RuntimeException error) {
    int code = Trouble.tell(root.terminal(), root.verbose(), error);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", path.toString());
    map.put("exitCode", code);
    map.put("error", Trouble.line(error, true));
    return new Checked(code, "", map);
  }

  /** The run directory that is meant, or null for a bare history. */
  private @Nullable Path runOf(Path path) {
    if (Files.isDirectory(path)) {
      if (!properties.isEmpty()) {
        throw new EnvironmentException(
            path + ": --property judges a history file; name the file in this directory");
      }
      return path;
    }
    if (!Files.exists(path)) {
      throw new EnvironmentException(path + ": there is no such file or directory");
    }
    if (!properties.isEmpty()) {
      return null;
    }
    Path parent = path.toAbsolutePath().getParent();
    String name = String.valueOf(path.getFileName());
    if (parent != null
        && name.startsWith("history.jsonl")
        && Files.exists(parent.resolve("run.json"))) {
      Path given = path.getParent();
      return given == null ? Path.of(".") : given;
    }
    throw new EnvironmentException(
        path
            + ": a history alone does not say what to judge it by; give --property (see: faultline"
            + " list properties), or the run directory");
  }

  /** The worse of two exit codes: 1 over 3 over 2 over 0. */
  static int worse(int a, int b) {
    List<Integer> order = List.of(0, 2, 3, 1);
    return order.indexOf(a) >= order.indexOf(b) ? a : b;
  }

  private RuntimeException usage(String message) {
    CommandSpec own = spec;
    return own == null
        ? new EnvironmentException(message)
        : new ParameterException(own.commandLine(), message);
  }
}
