package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Explorer.Found;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Shrinker.Shrunk;
import dev.faultline.harness.search.Strategy;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.io.PrintStream;
import java.nio.file.Path;
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

/** {@code faultline explore}: many seeded schedules in virtual time, findings made small. */
@Command(
    name = "explore",
    sortOptions = false,
    description = "Search simulated schedules for a broken promise, and shrink what is found.%n",
    footer = "%nExit code 1: something was found.")
final class ExploreCommand implements Callable<Integer> {
  private static final Duration REAL_TIME = Duration.ofSeconds(60);
  private static final Duration LENGTH = Duration.ofSeconds(8);
  private static final long NEWS_EVERY_NANOS = 1_000_000_000L;

  private final Root root;

  @Parameters(index = "0", paramLabel = "TARGET[:VARIANT]", description = "What to search.")
  private String what = "";

  @Option(names = "--workload", paramLabel = "ID", description = "What the clients do.")
  private @Nullable String workload;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "Fault kinds to choose from, or 'none'; default: all claimed.")
  private @Nullable List<String> faults;

  @Option(
      names = "--expect",
      paramLabel = "PROPERTY",
      split = ",",
      description = "Count this property like a claim; 'all' for all that the workload judges.")
  private List<String> expects = List.of();

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description = "An option of the target or the workload.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "How long to search; 60s by default.")
  private @Nullable Duration time;

  @Option(names = "--schedules", paramLabel = "N", description = "How many schedules, instead.")
  private @Nullable Long schedules;

  @Option(names = "--length", paramLabel = "TIME", description = "Virtual time of each; 8s.")
  private Duration length = LENGTH;

  @Option(names = "--strategy", paramLabel = "NAME", description = "mix or swarm; swarm.")
  private Strategy strategy = Strategy.SWARM;

  @Option(names = "--seed", paramLabel = "N", description = "Of the whole search; 1.")
  private long seed = 1;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  ExploreCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Request request =
        new Request(
            what, workload, "sim", List.of(), null, expects, options, length, seed, 0, 0, 0);
    Trials trials = Trials.of(Experiment.plan(request));
    boolean none = faults != null && faults.contains("none");
    List<String> kinds = none ? List.of() : trials.kinds(faults);
    Explorer explorer = new Explorer(trials, kinds, strategy, seed);
    long start = System.nanoTime();
    search(explorer, start);
    Explorer.Summary summary = explorer.summary();
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Small> small = new ArrayList<>();
    for (Found found : summary.findings()) {
      small.add(shrink(trials, found));
    }
    show(summary, seconds, small);
    return summary.findings().isEmpty() ? 0 : 1;
  }

  private void search(Explorer explorer, long start) {
    long end = start + (time == null ? REAL_TIME : time).toNanos();
    long news = start;
    for (long index = 0; ; index++) {
      long now = System.nanoTime();
      if (schedules != null ? index >= schedules : now >= end) {
        return;
      }
      if (!root.quiet() && now - news >= NEWS_EVERY_NANOS) {
        news = now;
        tell(explorer.summary(), (now - start) / 1e9);
      }
      var unused = explorer.attempt(index);
    }
  }

  private void tell(Explorer.Summary summary, double seconds) {
    PrintStream err = root.terminal().err();
    err.print(
        (root.terminal().errIsTerminal() ? "\r" : "")
            + line(summary, seconds)
            + (root.terminal().errIsTerminal() ? "" : "\n"));
    err.flush();
  }

  private static String line(Explorer.Summary summary, double seconds) {
    return "%,d schedules  %,.0f/s  %,d invalid  %,d not counted  %d finding%s"
        .formatted(
            summary.schedules(),
            summary.schedules() / Math.max(seconds, 1e-9),
            summary.invalid(),
            summary.notCounted(),
            summary.findings().size(),
            summary.findings().size() == 1 ? "" : "s");
  }

  /** A finding made small, and the run directory that shows it. */
  private record Small(Found found, Shrunk shrunk, RunResult run, Path replay) {}

  private Small shrink(Trials trials, Found found) {
    // A finding is shown again before it is told: a schedule that does not repeat is our bug.
    long again = trials.run(found.first().spec()).hash();
    if (again != found.first().hash()) {
      throw new EnvironmentException(
          "schedule %d (seed %d) gave two different histories: hashes %016x and %016x; this is a bug of Faultline or of a node that is not deterministic"
              .formatted(found.index(), found.first().spec().seed(), found.first().hash(), again));
    }
    Shrunk shrunk = Shrinker.shrink(trials, found.first());
    RunSpec spec = shrunk.trial().spec();
    Path dir = RunDirectories.fresh(spec.id());
    RunSpec named = spec.withId(String.valueOf(dir.getFileName()));
    RunResult run = Experiment.run(named, dir, Progress.NONE);
    return new Small(found, shrunk, run, Replay.write(shrunk.trial(), dir));
  }

  private void show(Explorer.Summary summary, double seconds, List<Small> small) {
    PrintStream out = root.terminal().out();
    if (root.terminal().errIsTerminal() && !root.quiet()) {
      root.terminal().err().println();
    }
    if (json) {
      out.print(Json.pretty(data(summary, seconds, small)));
      return;
    }
    out.println(line(summary, seconds) + "  campaign %016x".formatted(summary.hash()));
    for (Small s : small) {
      out.println();
      out.println(
          "%s: after %,d schedules, %,d times; shrunk in %,d runs to %s"
              .formatted(
                  s.found.cause(),
                  s.found.index() + 1,
                  s.found.times(),
                  s.shrunk.attempts(),
                  Shrinker.shape(s.shrunk.trial().spec())));
      out.print(new Results(root, false).text(s.run));
      out.println("  replay     " + Replays.command("replay", s.replay));
    }
    out.flush();
  }

  private static Map<String, @Nullable Object> data(
      Explorer.Summary summary, double seconds, List<Small> small) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("schedules", summary.schedules());
    map.put("seconds", seconds);
    map.put("invalid", summary.invalid());
    map.put("notCounted", summary.notCounted());
    map.put("hash", "%016x".formatted(summary.hash()));
    List<Map<String, @Nullable Object>> findings = new ArrayList<>();
    for (Small s : small) {
      Map<String, @Nullable Object> finding = new LinkedHashMap<>();
      finding.put("property", s.found.cause().property());
      finding.put("clause", s.found.cause().clause());
      finding.put("index", s.found.index());
      finding.put("times", s.found.times());
      finding.put("faults", (long) s.shrunk.trial().spec().plan().faults().size());
      finding.put("dir", s.run.dir().toString());
      finding.put("replay", s.replay.toString());
      findings.add(finding);
    }
    map.put("findings", findings);
    return map;
  }
}
