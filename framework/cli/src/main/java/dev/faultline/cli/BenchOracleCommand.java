package dev.faultline.cli;

import dev.faultline.checker.oracle.Differential;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline bench oracle}: the checkers against the definition. */
@Command(
    name = "oracle",
    sortOptions = false,
    description = {
      "Judge random small histories of every model by 'linearizable' and by trying all orders.%n",
      "Histories of up to 8 operations of 2 to 5 processes, with crashed and failed operations, "
          + "repeated values, and calls that meet returns; played by a correct object, and then "
          + "changed in half of them until they are bad. Orders that are shown are played. "
          + "Exits with 1 at any disagreement, else 0.%n"
    })
final class BenchOracleCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  private final Root root;

  @Option(names = "--histories", paramLabel = "N", description = "How many; 1,000,000.")
  private long histories = 1_000_000;

  @Option(names = "--seed", paramLabel = "N", description = "Which ones; 1.")
  private long seed = 1;

  @Option(names = "--from", paramLabel = "N", description = "The first of them; 0.")
  private long from;

  @Option(names = "--model", paramLabel = "ID", description = "Of this model only.")
  private @Nullable String model;

  @Option(names = "--time", paramLabel = "TIME", description = "Stop after that long.")
  private @Nullable Duration time;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  BenchOracleCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Differential differential = differential();
    long start = System.nanoTime();
    long limit = time == null ? Long.MAX_VALUE : time.toNanos();
    differential.run(from, from + histories, () -> System.nanoTime() - start > limit);
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintStream out = root.terminal().out();
    if (json) {
      out.print(Json.pretty(figures(differential, seconds)));
    } else {
      print(differential, seconds, out);
    }
    out.flush();
    return differential.disagreed() == 0 ? 0 : 1;
  }

  private Differential differential() {
    try {
      return new Differential(seed, model).timed(System::nanoTime).withChecker();
    } catch (IllegalArgumentException e) {
      throw new EnvironmentException("--model: " + e.getMessage());
    }
  }

  private void print(Differential differential, double seconds, PrintStream out) {
    long judged = 0;
    out.println("model                      histories  linearizable  skipped  check µs");
    for (Map.Entry<String, Differential.Count> e : differential.counts().entrySet()) {
      Differential.Count c = e.getValue();
      judged += c.histories();
      out.println(
          "%-24s %,11d %12.1f%% %8d %9.1f"
              .formatted(
                  e.getKey(),
                  c.histories(),
                  100.0 * c.ordered() / Math.max(1, c.histories()),
                  c.skipped(),
                  c.nanos() / 1e3 / Math.max(1, c.histories())));
    }
    out.println(
        "%,d histories of seed %d in %.1f s, %,.0f a second; %d disagreements"
            .formatted(judged, seed, seconds, judged / seconds, differential.disagreed()));
    differential.disagreements().stream()
        .limit(SHOWN)
        .forEach(text -> out.print(System.lineSeparator() + text));
  }

  private Map<String, @Nullable Object> figures(Differential differential, double seconds) {
    Map<String, Object> models = new LinkedHashMap<>();
    for (Map.Entry<String, Differential.Count> e : differential.counts().entrySet()) {
      Differential.Count c = e.getValue();
      models.put(
          e.getKey(),
          Map.of(
              "histories", c.histories(),
              "linearizable", c.ordered(),
              "skipped", c.skipped(),
              "nanos", c.nanos()));
    }
    List<String> told = differential.disagreements();
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("seed", seed);
    figures.put("from", from);
    figures.put("seconds", seconds);
    figures.put("models", models);
    figures.put("disagreements", differential.disagreed());
    figures.put("first", told);
    return figures;
  }
}
