package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Campaign;
import dev.faultline.harness.search.Pulse;
import dev.faultline.harness.search.Strategy;
import dev.faultline.harness.search.Summary;
import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
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

  @Option(
      names = "--length",
      paramLabel = "TIME",
      description = "Virtual time of each; by default, what the target's own times call for.")
  private @Nullable Duration length;

  @Option(names = "--rate", paramLabel = "N", description = "Operations a second, all clients.")
  private double rate;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}; best.")
  private Strategy strategy = Strategy.BEST;

  @Option(names = "--seed", paramLabel = "N", description = "Of the whole search; 1.")
  private long seed = 1;

  @Option(names = "--workers", paramLabel = "N", description = "Threads; 1.")
  private int workers = 1;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only this part of the schedules, such as 1/4; see 'faultline merge'.")
  private String shard = "1/1";

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  ExploreCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Request request =
        new Request(
            what, workload, "sim", List.of(), null, expects, options, length, seed, 0, 0, rate);
    Shard part = Shard.parse("--shard", shard);
    if (!(rate >= 0)) {
      throw new EnvironmentException("--rate " + rate + ": give more than 0");
    }
    if (workers < 1) {
      throw new EnvironmentException("--workers " + workers + ": give at least 1");
    }
    Trials trials = Trials.ofOwnLength(request);
    boolean none = faults != null && faults.contains("none");
    List<String> kinds = none ? List.of() : trials.kinds(faults);
    Campaign campaign =
        new Campaign(trials, kinds, strategy, seed, workers, part.part() - 1, part.of());
    long start = System.nanoTime();
    search(campaign, start);
    double seconds = (System.nanoTime() - start) / 1e9;
    Summary summary = campaign.summary();
    Findings findings = new Findings(trials, summary);
    ExploreText text = new ExploreText(root, trials.goals());
    if (root.terminal().errIsTerminal() && !root.quiet()) {
      root.terminal().err().println();
    }
    if (json) {
      root.terminal()
          .out()
          .print(Json.pretty(data(text.json(summary, seconds, findings.small()), trials, kinds)));
    } else {
      root.terminal().out().print(text.text(summary, seconds, findings.small()));
    }
    root.terminal().out().flush();
    return summary.findings().isEmpty() ? 0 : 1;
  }

  /** What was searched comes first: only parts of the same search can be merged. */
  private Map<String, @Nullable Object> data(
      Map<String, @Nullable Object> results, Trials trials, List<String> kinds) {
    Map<String, @Nullable Object> campaign = new LinkedHashMap<>();
    campaign.put("target", trials.base().targetName());
    campaign.put("workload", trials.base().workload());
    campaign.put("options", trials.base().options());
    campaign.put("kinds", kinds);
    campaign.put("strategy", strategy.word());
    campaign.put("seed", seed);
    campaign.put("length", Durations.format(trials.base().time()));
    campaign.put("rate", rate);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("campaign", campaign);
    map.put("shard", Shard.parse("--shard", shard).toString());
    map.putAll(results);
    return map;
  }

  private void search(Campaign campaign, long start) {
    long end = start + (time == null ? REAL_TIME : time).toNanos();
    AtomicLong news = new AtomicLong(start);
    campaign.run(
        schedules == null ? Long.MAX_VALUE : schedules,
        () -> {
          long now = System.nanoTime();
          long last = news.get();
          if (!root.quiet() && now - last >= NEWS_EVERY_NANOS && news.compareAndSet(last, now)) {
            tell(campaign.pulse(), (now - start) / 1e9);
          }
          return schedules == null && now >= end;
        });
  }

  private void tell(Pulse pulse, double seconds) {
    PrintStream err = root.terminal().err();
    err.print(
        (root.terminal().errIsTerminal() ? "\r" : "")
            + ExploreText.line(pulse, seconds)
            + (root.terminal().errIsTerminal() ? "" : "\n"));
    err.flush();
  }
}
