package dev.faultline.harness.run;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.warden.ProcessWarden;
import dev.faultline.history.HistoryWriter;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run in real time: files, cluster, loop and warden, each stopped again however it ends. */
final class Stage {
  private static final Duration CLOSE = Duration.ofSeconds(60);
  private static final Duration SLACK = Duration.ofSeconds(30);

  /** Faults outlive a harness that hangs by so much. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final RunSpec spec;
  private final Path dir;
  private final Progress progress;
  private final Planner.Cast cast;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Manner manner;
  private volatile Runnable ended = () -> {};
  private volatile @Nullable String brokenFirst;

  Stage(RunSpec spec, Path dir, Progress progress, Manner manner) {
    this.manner = manner;
    this.spec = spec;
    this.dir = dir;
    this.progress = progress;
    this.cast = Planner.cast(spec);
  }

  /** Carries the run out and returns its spec with the versions of what really ran. */
  RunSpec perform() {
    Path nodeDir = createDirectories();
    Experiment.write(dir.resolve(Experiment.RUN), Json.pretty(spec.toJson()));
    progress.planned(spec, dir, cast.plan().members());
    progress.phase("start");
    if (cast.environment() instanceof VirtualTime virtual) {
      if (!manner.equals(Manner.PLAIN)) {
        throw new EnvironmentException(
            "a run in '%s' takes no time and leaves no nodes: leave out --keep and --stop-at-first"
                .formatted(spec.environment()));
      }
      return performVirtually(virtual, nodeDir);
    }
    try (Teardown teardown = new Teardown(spec.id())) {
      ProcessWarden warden = teardown.with("the warden", ProcessWarden.start(spec.id()));
      HistoryWriter writer = teardown.with("the history", history());
      RealScheduler scheduler =
          teardown.with("the loop", new RealScheduler(failure::completeExceptionally));
      EarlyEnd early = manner.stopAtFirst() ? teardown.with("the early end", earlyEnd()) : null;
      Recorder recorder =
          new Recorder(
              scheduler,
              entry -> {
                writer.append(entry);
                progress.entry(entry);
                if (early != null) {
                  early.entry(entry);
                }
              });
      Conductor conductor =
          new Conductor(
              scheduler,
              recorder,
              cast.target(),
              cast.workload(),
              cast.plan(),
              spec.plan(),
              null,
              progress::phase);
      writer.byTurns();
      recorder.byTurns(writer::flush);
      scheduler.afterTurn(recorder::turn);
      Cluster cluster = cast.environment().cluster(request(conductor, warden, nodeDir));
      teardown.with("the cluster", () -> close(cluster));
      ended = conductor::endEarly;
      RunSpec ran = conduct(scheduler, conductor, cluster);
      manner.beforeStop().look(ran, cluster.places());
      return ran;
    }
  }

  /** What there is to say of how it went. */
  List<String> notes() {
    String broken = brokenFirst;
    return broken == null
        ? List.of()
        : List.of("its main phase ended early, when " + broken + " was broken for certain");
  }

  private EarlyEnd earlyEnd() {
    return new EarlyEnd(
        spec,
        property -> {
          brokenFirst = property;
          ended.run();
        });
  }

  private HistoryWriter history() {
    try {
      return new HistoryWriter(dir.resolve(Experiment.HISTORY), spec.id());
    } catch (IOException e) {
      throw new EnvironmentException(dir + ": " + e.getMessage(), e);
    }
  }

  private RunSpec performVirtually(VirtualTime virtual, Path nodeDir) {
    try (Teardown teardown = new Teardown(spec.id())) {
      HistoryWriter writer = teardown.with("the history", history());
      RunSpec ran =
          spec.withVersions(
              VirtualRun.perform(
                  virtual,
                  cast,
                  spec.plan(),
                  spec.id(),
                  nodeDir,
                  entry -> {
                    writer.append(entry);
                    progress.entry(entry);
                  },
                  progress::phase,
                  null,
                  null));
      Experiment.write(dir.resolve(Experiment.RUN), Json.pretty(ran.toJson()));
      return ran;
    }
  }

  private Environment.Request request(Conductor conductor, ProcessWarden warden, Path nodeDir) {
    return new Environment.Request(
        spec.id(),
        nodeDir,
        spec.target(),
        cast.plan().setup(),
        cast.deployment(),
        conductor.clients(),
        conductor.hosted(),
        cast.workload().clientInterface().id(),
        conductor,
        warden);
  }

  private RunSpec conduct(RealScheduler scheduler, Conductor conductor, Cluster cluster) {
    conductor.lease(LEASE);
    conductor.attach(cluster);
    await(cluster.start(), cast.deployment().readyWithin().plus(SLACK), "starting the cluster");
    RunSpec ran = spec.withVersions(cluster.versions());
    Experiment.write(dir.resolve(Experiment.RUN), Json.pretty(ran.toJson()));
    CompletableFuture<Void> done = new CompletableFuture<>();
    scheduler.post(() ->
        conductor
            .conduct(cluster, scheduler::begin)
            .whenComplete((nothing, error) -> {
              if (error == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(error);
              }
            }));
    Duration bound =
        spec.time()
            .plus(cast.plan().timing().recovery().multipliedBy(2))
            .plus(Duration.ofMinutes(2));
    await(done, bound, "the run");
    return ran;
  }

  private void await(CompletableFuture<Void> future, Duration within, String what) {
    try {
      Object unused =
          CompletableFuture.anyOf(future, failure).get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EnvironmentException(
          what + " did not end within " + within.toSeconds() + " s; see " + dir.resolve("nodes"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(what + " was interrupted; what was recorded is in " + dir, e);
    } catch (ExecutionException | CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof EnvironmentException known) {
        throw known;
      }
      throw new EnvironmentException(what + " failed: " + cause, cause);
    }
  }

  /** What cannot be stopped is told; the warden has the rest. */
  private void close(Cluster cluster) throws InterruptedException {
    progress.phase("stop");
    boolean interrupted = Thread.interrupted();
    try {
      List<String> left = cluster.close().get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
      left.forEach(what -> System.err.println(spec.id() + ": could not be stopped: " + what));
    } catch (TimeoutException e) {
      System.err.println(
          spec.id() + ": the cluster did not stop within " + CLOSE.toSeconds() + " s");
    } catch (ExecutionException e) {
      System.err.println(spec.id() + ": stopping the cluster: " + e.getCause());
    }
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  private Path createDirectories() {
    try {
      if (Files.exists(dir)) {
        try (Stream<Path> inside = Files.list(dir)) {
          if (inside.findAny().isPresent()) {
            throw new EnvironmentException(
                dir + " exists and is not empty; name another directory with --out");
          }
        }
      }
      Path nodes = dir.resolve("nodes");
      return Files.createDirectories(nodes);
    } catch (IOException e) {
      throw new EnvironmentException(
          dir + ": cannot create the run directory: " + e.getMessage() + "; see --out", e);
    }
  }
}
