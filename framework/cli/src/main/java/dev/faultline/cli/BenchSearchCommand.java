package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Race;
import dev.faultline.harness.search.Strategy;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline bench search}: which strategy finds the known defects soonest. */
@Command(
    name = "search",
    sortOptions = false,
    description = "Median schedules to the first failure, for each broken variant and strategy.%n")
final class BenchSearchCommand implements Callable<Integer> {
  private static final String SIM = "sim";

  private final Root root;

  @Parameters(
      paramLabel = "TARGET[:VARIANT]",
      arity = "0..*",
      description = "All broken variants of these; default: of every target that can be simulated.")
  private List<String> targets = List.of();

  @Option(names = "--campaigns", paramLabel = "N", description = "For each figure; 5.")
  private int campaigns = 5;

  @Option(names = "--cap", paramLabel = "N", description = "Schedules of a campaign at most; 200.")
  private long cap = 200;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      description = "These only; all by default.")
  private List<Strategy> strategies = List.of(Strategy.values());

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  BenchSearchCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (campaigns < 1 || cap < 1) {
      throw new EnvironmentException(
          "--campaigns %d --cap %d: give at least 1 of each".formatted(campaigns, cap));
    }
    Map<String, List<Race.Result>> results = new LinkedHashMap<>();
    for (String defect : defects()) {
      results.put(defect, race(defect));
    }
    PrintStream out = root.terminal().out();
    out.print(json ? Json.pretty(data(results)) : table(results));
    out.flush();
    return 0;
  }

  private List<String> defects() {
    List<String> defects = new ArrayList<>();
    List<String> asked =
        targets.isEmpty()
            ? Catalog.targets().stream()
                .filter(t -> t.environments().contains(SIM))
                .map(Target::id)
                .toList()
            : targets;
    for (String name : asked) {
      if (name.contains(":")) {
        defects.add(name);
      } else {
        Target target = Catalog.target(name);
        target.variants().stream().skip(1).forEach(v -> defects.add(name + ":" + v.name()));
      }
    }
    return defects;
  }

  private List<Race.Result> race(String defect) {
    Request request =
        new Request(defect, null, SIM, List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0);
    Trials trials = Trials.ofOwnLength(request);
    Race race = new Race(trials, trials.kinds(null));
    List<Race.Result> results = new ArrayList<>();
    for (Strategy strategy : strategies) {
      Race.Result result = race.run(strategy, campaigns, cap);
      results.add(result);
      if (!root.quiet()) {
        root.terminal().err().printf("%s  %s  %s%n", defect, strategy.word(), result.schedules());
        root.terminal().err().flush();
      }
    }
    return results;
  }

  private String table(Map<String, List<Race.Result>> results) {
    List<String> heads = new ArrayList<>(List.of("DEFECT"));
    strategies.forEach(s -> heads.add(s.word()));
    Table table = new Table(0, heads.toArray(String[]::new));
    results.forEach((defect, row) -> {
      List<String> cells = new ArrayList<>(List.of(defect));
      row.forEach(result -> cells.add(cell(result)));
      table.row(cells.toArray(String[]::new));
    });
    return table.text()
        + "\nMedian schedules to the first failure of %d campaigns, at most %,d each; in brackets, campaigns that found nothing.%n"
            .formatted(campaigns, cap);
  }

  private String cell(Race.Result result) {
    String median = result.median() > cap ? ">" + cap : Long.toString(result.median());
    return result.missed() == 0 ? median : median + " (" + result.missed() + ")";
  }

  private Map<String, @Nullable Object> data(Map<String, List<Race.Result>> results) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("campaigns", (long) campaigns);
    map.put("cap", cap);
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    results.forEach((defect, row) ->
        row.forEach(result -> {
          Map<String, @Nullable Object> figure = new LinkedHashMap<>();
          figure.put("defect", defect);
          figure.put("strategy", result.strategy().word());
          figure.put("median", result.median());
          figure.put("missed", result.missed());
          figure.put("schedules", result.schedules());
          rows.add(figure);
        }));
    map.put("figures", rows);
    return map;
  }
}
