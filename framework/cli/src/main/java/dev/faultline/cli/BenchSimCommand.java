package dev.faultline.cli;

import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.SimBench;
import dev.faultline.harness.search.SimBench.Sums;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline bench sim}: what a simulated schedule costs. */
@Command(
    name = "sim",
    sortOptions = false,
    description = "Schedules a second in virtual time on one thread, with the check of each.%n")
final class BenchSimCommand implements Callable<Integer> {
  private final Root root;

  @Option(names = "--target", paramLabel = "TARGET", description = "What to run; register.")
  private String target = "register";

  @Option(names = "--schedules", paramLabel = "N", description = "How many are measured; 5000.")
  private @Nullable Long schedules;

  @Option(names = "--time", paramLabel = "TIME", description = "How long to measure, instead.")
  private @Nullable Duration time;

  @Option(names = "--length", paramLabel = "TIME", description = "Virtual time of each; 2s.")
  private Duration length = Duration.ofSeconds(2);

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Operations a second of each; 13, which makes about 50 in all.")
  private double rate = 13;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "Fault kinds to choose from, or 'none'; default: all claimed.")
  private @Nullable List<String> faults;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  BenchSimCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Request request =
        new Request(
            target, null, "sim", List.of(), null, List.of(), Map.of(), length, 1L, 0, 0, rate);
    Trials trials = Trials.of(Experiment.plan(request));
    boolean none = faults != null && faults.contains("none");
    SimBench bench = new SimBench(trials, none ? List.of() : trials.kinds(faults), threadTime());
    long warm = schedules == null ? SimBench.WARM_UP : Math.min(schedules, SimBench.WARM_UP);
    for (long index = 0; index < warm; index++) {
      bench.attempt(-1 - index);
    }
    bench.take();
    List<Sums> slices = new ArrayList<>();
    long start = System.nanoTime();
    long index = 0;
    for (int slice = 1; slice <= 10; slice++) {
      long until = (schedules == null ? 5_000 : schedules) * slice / 10;
      long end = start + (time == null ? 0 : time.toNanos() * slice / 10);
      while (time == null ? index < until : System.nanoTime() < end) {
        bench.attempt(index++);
      }
      slices.add(bench.take());
    }
    Map<String, Object> figures = figures(slices, System.nanoTime() - start);
    PrintStream out = root.terminal().out();
    if (json) {
      out.print(Json.pretty(figures));
    } else {
      figures.forEach((name, value) ->
          out.println(
              "%-24s %s"
                  .formatted(
                      name, value instanceof Double d ? "%,.2f".formatted(d) : value.toString())));
    }
    out.flush();
    return 0;
  }

  /** Processor time, so that a busy machine does not make us look slow. */
  private static LongSupplier threadTime() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }

  private static Map<String, Object> figures(List<Sums> slices, long wallNanos) {
    double count = sum(slices, Sums::schedules);
    double cpu = sum(slices, Sums::nanos);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schedules", sum(slices, Sums::schedules));
    map.put("per second", count / wallNanos * 1e9);
    map.put("per CPU second", count / cpu * 1e9);
    map.put("entries per CPU second", sum(slices, Sums::entries) / cpu * 1e9);
    map.put("plan us", sum(slices, Sums::plan) / count / 1e3);
    map.put("run us", sum(slices, Sums::run) / count / 1e3);
    map.put("check us", sum(slices, Sums::check) / count / 1e3);
    map.put("operations each", sum(slices, Sums::operations) / count);
    map.put("entries each", sum(slices, Sums::entries) / count);
    map.put("faults each", sum(slices, Sums::faults) / count);
    map.put("invalid", sum(slices, Sums::invalid));
    map.put("last tenth / first", each(slices.get(9)) / each(slices.get(0)));
    map.put("hash", "%016x".formatted(sum(slices, Sums::hash)));
    return map;
  }

  private static double each(Sums sums) {
    return (double) sums.nanos() / Math.max(1, sums.schedules());
  }

  private static long sum(List<Sums> slices, java.util.function.ToLongFunction<Sums> part) {
    return slices.stream().mapToLong(part).sum();
  }
}
