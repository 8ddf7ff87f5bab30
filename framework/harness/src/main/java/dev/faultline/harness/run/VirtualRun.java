package dev.faultline.harness.run;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.StormException;
import dev.faultline.harness.Trace;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.Warden;
import dev.faultline.history.Entry;
import dev.faultline.spec.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run in virtual time, on the caller's thread: no files, no processes. */
final class VirtualRun {
  /** Virtual time beyond the main phase and recovery in which a run must have ended. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private static final Warden NOTHING_TO_GUARD =
      new Warden() {
        @Override
        public void process(long pid) {}

        @Override
        public void directory(Path directory) {}

        @Override
        public void leftovers(String leftoversId, String runId) {}
      };

  private VirtualRun() {}

  /**
   * Carries a run out and hands on every entry of its history.
   *
   * @param trace told of everything, if not null
   * @param branch where the run leaves its course, if it does
   * @return versions and means, for the record
   */
  static Map<String, String> perform(
      VirtualTime environment,
      Planner.Cast cast,
      FaultPlan faults,
      String runId,
      Path nodeDir,
      Consumer<Entry> sink,
      Consumer<String> onPhase,
      @Nullable Trace trace,
      @Nullable Branch branch) {
    VirtualTime.World world = environment.world(cast.plan().setup().seed(), trace);
    Recorder recorder = new Recorder(world.scheduler(), traced(world.scheduler(), sink, trace));
    Conductor conductor =
        new Conductor(
            world.scheduler(),
            recorder,
            cast.target(),
            cast.workload(),
            cast.plan(),
            faults,
            cast.finish(),
            onPhase);
    Cluster cluster =
        world.cluster(
            new Environment.Request(
                runId,
                nodeDir,
                cast.target().id(),
                cast.plan().setup(),
                cast.deployment(),
                conductor.clients(),
                conductor.hosted(),
                cast.workload().clientInterface().id(),
                conductor,
                NOTHING_TO_GUARD));
    conductor.attach(cluster);
    if (branch != null) {
      Scheduler.Task unused =
          world
              .scheduler()
              .at(
                  branch.at(),
                  () -> {
                    world.reseed(branch.salt());
                    conductor.branch(branch.salt());
                  });
    }
    CompletableFuture<Void> done =
        cluster.start().thenCompose(started -> conductor.conduct(cluster, () -> {}));
    Duration bound =
        cast.plan()
            .setup()
            .time()
            .plus(cast.plan().timing().recovery().multipliedBy(2))
            .plus(SLACK);
    try {
      if (!world.run(done, bound)) {
        throw new EnvironmentException(
            runId + ": nothing is left to do in virtual time, or it does not end within " + bound);
      }
      done.join();
    } catch (StormException e) {
      recorder.phase(Map.of("name", "storm", "why", String.valueOf(e.getMessage())));
    }
    return cluster.versions();
  }

  private static Consumer<Entry> traced(
      Scheduler scheduler, Consumer<Entry> sink, @Nullable Trace trace) {
    return trace == null
        ? sink
        : entry -> {
          trace.recorded(scheduler.now(), entry);
          sink.accept(entry);
        };
  }
}
