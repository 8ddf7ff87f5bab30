package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.crash.Crash;
import dev.faultline.harness.warden.Directories;
import dev.faultline.node.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline bench crash}: harnesses killed with SIGKILL, and what they leave. */
@Command(
    name = "crash",
    sortOptions = false,
    description = {
      "Start runs in processes of their own, kill each with SIGKILL at a random point, and look.%n",
      "What was recorded must have a verdict, void where nothing was exercised; no call may be "
          + "missing in it and at most one answer a client, against a second account of the calls; "
          + "and no process, container, network or temporary file may stay. With --healthy, runs "
          + "that are let end, each of which must be valid. With --hang, harnesses that are stopped: what "
          + "is frozen must go on by itself, and the fault must be told as lapsed. Exits with 0 if all is so, else 1.%n"
    })
final class BenchCrashCommand implements Callable<Integer> {
  /** One kill in so many strikes while everything is still being started. */
  private static final int START_SHARE = 4;

  private final Root root;

  @Option(names = "--kills", paramLabel = "N", description = "How many harnesses to kill; 10.")
  private int kills = 10;

  @Option(names = "--healthy", paramLabel = "N", description = "Runs to let end; kills none then.")
  private int healthy;

  @Option(
      names = "--hang",
      paramLabel = "N",
      description = "Harnesses to stop during a pause until their lease is over.")
  private int hangs;

  @Option(names = "--env", paramLabel = "ENV", description = "Where; local.")
  private String environment = "local";

  @Option(names = "--target", paramLabel = "TARGET", description = "What to run; grants.")
  private String target = "grants";

  @Option(names = "--time", paramLabel = "TIME", description = "Of each run; 8s.")
  private @Nullable Duration time;

  @Option(names = "--within", paramLabel = "TIME", description = "Kill no later than this; 5s.")
  private Duration within = Duration.ofSeconds(5);

  @Option(names = "--parallel", paramLabel = "N", description = "Runs at a time; 1.")
  private int parallel = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Of the points and the runs; 1.")
  private long seed = 1;

  BenchCrashCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    int count = healthy > 0 ? healthy : hangs > 0 ? hangs : kills;
    Path work = directory();
    boolean clean = false;
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, parallel))) {
      List<Future<Crash>> running = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        int number = i;
        running.add(threads.submit(() -> one(work, number)));
      }
      clean = told(running);
      return clean ? 0 : 1;
    } finally {
      if (clean) {
        boolean unused = Directories.delete(work);
      } else {
        root.terminal().error("what they left is in " + work);
      }
    }
  }

  private Crash one(Path work, int number) throws InterruptedException {
    KeyedRandom random = KeyedRandom.of(seed, "bench crash", Integer.toString(number));
    Duration length = time != null ? time : Duration.ofSeconds(8);
    List<String> arguments =
        List.of(
            target,
            "--env",
            environment,
            "--time",
            length.toMillis() + "ms",
            "--seed",
            Long.toString(seed * 1_000 + number));
    if (hangs > 0) {
      arguments = new ArrayList<>(arguments);
      arguments.addAll(List.of("--faults", "pause,clock"));
    }
    String name = "crash-%d-%d".formatted(ProcessHandle.current().pid(), number);
    if (hangs > 0) {
      return Crash.hang(Main.class, arguments, work, name);
    }
    return healthy > 0
        ? Crash.none(Main.class, arguments, work, name)
        : Crash.kill(
            Main.class,
            arguments,
            work,
            name,
            random.nextInt(START_SHARE) > 0,
            Duration.ofMillis(random.nextLong(1, Math.max(2, within.toMillis()))));
  }

  private boolean told(List<Future<Crash>> running) {
    Map<String, Integer> verdicts = new TreeMap<>();
    int wrong = 0;
    long lost = 0;
    for (Future<Crash> future : running) {
      Crash crash = await(future);
      verdicts.merge(crash.verdict(), 1, Integer::sum);
      wrong += crash.wrong().isEmpty() ? 0 : 1;
      lost = Math.max(lost, crash.lost());
      root.terminal().out().println(crash.text());
      if (!crash.wrong().isEmpty()) {
        crash.reasons().forEach(reason -> root.terminal().out().println("  " + reason));
      }
      root.terminal().out().flush();
    }
    root.terminal()
        .out()
        .println(
            "%d %s in %s: verdicts %s, at most %d lost a client, %d wrong"
                .formatted(
                    running.size(),
                    healthy > 0 ? "healthy runs" : hangs > 0 ? "hangs" : "kills",
                    environment,
                    verdicts,
                    lost,
                    wrong));
    return wrong == 0;
  }

  private static Crash await(Future<Crash> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new EnvironmentException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", e);
    }
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("faultline-crash-");
    } catch (IOException e) {
      throw new EnvironmentException("no temporary directory: " + e.getMessage(), e);
    }
  }
}
