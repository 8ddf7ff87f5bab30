package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.RunResult;
import dev.faultline.history.formats.Format;
import dev.faultline.json.Json;
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
      "Judge histories, from their files alone: is there an order of the operations that fits the "
          + "object and keeps what came before what?%n",
      "A file may be in any of the formats below, gzipped or not; one line says what came of it. The "
          + "model is guessed from the format and the functions unless --model names one. A folder "
          + "is walked; a run directory, or the history.jsonl of one, is judged as its run.json "
          + "says. One bad file does not spoil the next; the exit code is the worst: 1 (invalid) over "
          + "3 (trouble) over 2 (unknown) over 0 (valid).%n"
    },
    footer = {
      "%nModels: register, cas-register, cas-register-observing (a failed compare-and-set found another "
          + "value), multi-register, mutex, owned-mutex, reentrant-mutex, semaphore (permits), "
          + "fenced-lock, lease, counter, grow-only-set, set, queue, bounded-queue (capacity, resume), "
          + "bag, stack, deque, priority-queue, map, log, list-append, unique-ids. Registers take the "
          + "parameter init. Functions and values: docs/checkers.md.",
      "%nFormats: jsonl (ours), edn (Jepsen, Knossos), json (elle-cli), etcd-log and kv-log "
          + "(Porcupine), limo, polylin, fptlin; plume, awdit, cobra, dbcop and transactions in edn "
          + "or json are known but not judged yet. What each means: docs/formats.md.",
      "%nExamples:",
      "  faultline check etcd_001.log --explain",
      "  faultline check histories/ --budget 10s --verify",
      "  faultline check queue.edn --model bounded-queue --param capacity=8",
      "  faultline check runs/20261123-142210-grants-no-fencing",
      "  faultline check history.jsonl.gz --property lock.exclusive"
    })
final class CheckCommand implements Callable<Integer> {
  private final Root root;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|FOLDER|RUNDIR",
      description = "Histories, folders of them, run directories.")
  private List<Path> paths = List.of();

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "What the operations are of; guessed if not given.")
  private @Nullable String model;

  @Option(
      names = "--property",
      paramLabel = "ID",
      split = ",",
      description = "Judge by this property instead; see: faultline list properties.")
  private List<String> properties = List.of();

  @Option(
      names = "--param",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the model or property, such as init=0.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(
      names = "--format",
      paramLabel = "ID",
      description = "What to read files as; found by how they begin if not given.")
  private @Nullable String format;

  @Option(
      names = "--until",
      paramLabel = "N",
      description =
          "Judge the first N events only (of formats with an operation a line, operations).")
  private long until = Long.MAX_VALUE;

  @Option(names = "--budget", paramLabel = "TIME", description = "Of each file; 60s by default.")
  private Duration budget = Experiment.CHECK_TIME;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Values.Bytes.class,
      description = "What a check may hold, such as 512m; a quarter of the heap by default.")
  private long memory = Runtime.getRuntime().maxMemory() / 4;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many work on one file; no verdict depends on it. All processors by default.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--verify",
      description = "Check the order that a valid verdict rests on once more, by other code.")
  private boolean verify;

  @Option(
      names = "--explain",
      description = "Show the operations that have no order, and how the file was understood.")
  private boolean explain;

  @Option(names = "--json", description = "Print the verdicts as JSON.")
  private boolean json;

  CheckCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Asked asked = asked();
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    int worst = 0;
    String gap = "";
    HistoryPaths found = new HistoryPaths(properties, asked.format());
    List<HistoryPaths.Item> items = found.items(paths);
    for (HistoryPaths.Item item : items) {
      Checked checked = check(item, asked);
      worst = worse(worst, checked.exitCode());
      all.add(checked.data());
      if (!json && !checked.text().isEmpty()) {
        boolean line = checked.text().indexOf('\n') == checked.text().length() - 1;
        String title = line || items.size() == 1 ? "" : item.path() + "\n";
        root.terminal().out().print((line ? "" : gap) + title + checked.text());
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
    found.passedOver().forEach(note -> root.terminal().error(note));
    return worst;
  }

  /** What was asked for, of histories that are judged by themselves. */
  record Asked(
      @Nullable Format format,
      @Nullable String model,
      Map<String, String> params,
      long until,
      Duration time,
      long memory,
      int threads,
      boolean verify,
      boolean explain) {}

  private Asked asked() {
    if (until < 0) {
      throw usage("--until " + until + ": want 0 or more");
    }
    if (!budget.isPositive()) {
      throw usage("--budget " + budget.toMillis() + "ms: want more than 0");
    }
    if (threads < 1) {
      throw usage("--threads " + threads + ": want 1 or more");
    }
    if (model != null && !properties.isEmpty()) {
      throw usage("--model says what to judge by, and --property too; give one of them");
    }
    Format known = format == null ? null : Format.of(format);
    return new Asked(known, model, params, until, budget, memory, threads, verify, explain);
  }

  /** What became of one path. */
  record Checked(int exitCode, String text, Map<String, @Nullable Object> data) {}

  private Checked check(HistoryPaths.Item item, Asked asked) {
    Path path = item.path();
    try {
      return switch (item.kind()) {
        case RUN -> run(path);
        case HISTORY ->
            properties.isEmpty()
                ? new HistoryCheck(path, asked).check()
                : new FileCheck(path, properties, asked).check();
        case MISSING ->
            throw new EnvironmentException(path + ": there is no such file or directory");
        case MISUSED ->
            throw new EnvironmentException(
                path + ": --property judges a history file; name the file in this directory");
      };
    } catch (RuntimeException e) {
      return trouble(path, e);
    }
  }

  private Checked run(Path path) {
    if (Experiment.diedBeforePlan(path)) {
      return nothingYet(path);
    }
    RunResult result = Experiment.check(path, until, budget);
    return new Checked(
        result.judgement().status().exitCode(),
        json ? "" : new Results(root, false).text(result),
        json ? Results.data(result) : Map.of());
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
