package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.gate.Difference;
import dev.faultline.harness.gate.Gate;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline gate}: whether the same seed gives the same run, here and in another JVM. */
@Command(
    name = "gate",
    sortOptions = false,
    description = {
      "Run simulated schedules again and again, here and in a second JVM with other flags, and",
      "show the first event that is not the same.%n"
    },
    footer = "%nExit code 1: something was not the same.")
final class GateCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET[:VARIANT]",
      description = "What to try; by default all that run in sim.")
  private List<String> targets = List.of();

  @Option(names = "--schedules", paramLabel = "N", description = "How many of each; 20.")
  private long schedules = 20;

  @Option(names = "--seed", paramLabel = "N", description = "Of all schedules; 1.")
  private long seed = 1;

  @Option(
      names = "--length",
      paramLabel = "TIME",
      description = "Virtual time of each; by default what the target's own times call for.")
  private @Nullable Duration length;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  GateCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (schedules < 1) {
      throw new EnvironmentException("--schedules " + schedules + ": want 1 or more");
    }
    List<String> tried = targets.isEmpty() ? simulated() : targets;
    Gate.Result result = new Gate(length, seed, this::tell).run(tried, schedules);
    PrintStream out = root.terminal().out();
    if (json) {
      out.print(Json.pretty(data(tried, result)));
    } else {
      result.differences().forEach(difference -> out.print(text(difference)));
      out.println(line(tried, result));
    }
    out.flush();
    return result.differences().isEmpty() ? 0 : 1;
  }

  private static List<String> simulated() {
    return Catalog.targets().stream()
        .filter(target -> target.environments().contains("sim"))
        .map(Target::id)
        .toList();
  }

  private void tell(String target) {
    if (!root.quiet() && root.terminal().errIsTerminal()) {
      root.terminal().err().println("gate: " + target);
    }
  }

  private static String line(List<String> targets, Gate.Result result) {
    return "%s: %s, %,d schedules, %,d events; three times here and once with %s; hash %016x"
        .formatted(
            result.differences().isEmpty() ? "the same" : "NOT the same",
            String.join(", ", targets),
            result.schedules(),
            result.events(),
            String.join(" ", result.flags()),
            result.hash());
  }

  /** The two, one above the other, with a mark where they part. */
  private static String text(Difference difference) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, schedule %d (seed %d): %s %s%n"
            .formatted(
                difference.target(),
                difference.index(),
                difference.seed(),
                difference.runs(),
                difference.what()));
    difference.before().forEach(event -> text.append("  both    ").append(event).append('\n'));
    text.append("  first   ").append(difference.first()).append('\n');
    text.append("  second  ").append(difference.second()).append('\n');
    return text.append(" ".repeat(10 + difference.column())).append("^\n\n").toString();
  }

  private static Map<String, @Nullable Object> data(List<String> targets, Gate.Result result) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("targets", targets);
    map.put("schedules", result.schedules());
    map.put("events", result.events());
    map.put("flags", result.flags());
    map.put("hash", "%016x".formatted(result.hash()));
    List<Map<String, @Nullable Object>> differences = new ArrayList<>();
    for (Difference difference : result.differences()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("target", difference.target());
      one.put("index", difference.index());
      one.put("seed", difference.seed());
      one.put("runs", difference.runs());
      one.put("what", difference.what());
      one.put("before", difference.before());
      one.put("first", difference.first());
      one.put("second", difference.second());
      differences.add(one);
    }
    map.put("differences", differences);
    return map;
  }
}
