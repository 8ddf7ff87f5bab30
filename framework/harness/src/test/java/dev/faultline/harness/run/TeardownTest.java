package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real runs on {@link FakeCluster}, which end badly. */
@Timeout(60)
final class TeardownTest {
  @TempDir Path temp;

  private RunSpec plan(String variant) {
    return Experiment.plan(
        new Request(
            "ending:" + variant,
            null,
            null,
            null,
            FaultPlan.NONE,
            List.of("all"),
            Map.of(),
            Duration.ofMillis(500),
            1L,
            0,
            0,
            0));
  }

  @Test
  void runsPlannedInOneSecondHaveDifferentIds() {
    assertThat(plan("throws").id()).isNotEqualTo(plan("throws").id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "fails"})
  void aTeardownThatFailsNeverStopsTheAnalysis(String how) {
    RunResult result = Experiment.run(plan(how), temp.resolve("run"), Progress.NONE);
    assertThat(result.history().operations()).hasSizeGreaterThan(5);
    assertThat(result.judgement().reasons()).isEmpty();
    assertThat(result.judgement().status()).isEqualTo(Judgement.Status.VALID);
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void whatWasOpenedIsClosedInReverseWhateverFails() {
    List<String> closed = new ArrayList<>();
    try (Teardown teardown = new Teardown("r")) {
      AutoCloseable first = teardown.with("first", () -> closed.add("first"));
      AutoCloseable second =
          teardown.with(
              "second",
              () -> {
                closed.add("second");
                throw new IllegalStateException("no");
              });
      assertThat(first).isNotSameAs(second);
      teardown.with("third", () -> closed.add("third"));
    }
    assertThat(closed).containsExactly("third", "second", "first");
  }

  @Test
  void whatARunLeavesThatDiesEarlyHasAVerdictToo() throws Exception {
    Path run = temp.resolve("run");
    Files.createDirectories(run.resolve("nodes"));
    Files.writeString(run.resolve(".run.json.part"), "{");
    assertThat(Experiment.diedBeforePlan(run)).isTrue();
    Experiment.write(
        run.resolve(Experiment.RUN), dev.faultline.json.Json.pretty(plan("well").toJson()));
    assertThat(Experiment.diedBeforePlan(run)).isFalse();
    RunResult nothing = Experiment.check(run, Long.MAX_VALUE, Duration.ofSeconds(1));
    assertThat(nothing.judgement().status()).isEqualTo(Judgement.Status.VOID);
    assertThat(nothing.notes()).singleElement().asString().contains("ended before anything");
  }

  /** The toy in real time; its variants say how the cluster ends. */
  public static final class EndingTarget extends Toy.ToyTarget {
    @Override
    public String id() {
      return "ending";
    }

    @Override
    public List<String> environments() {
      return List.of("ending");
    }

    @Override
    public List<Variant> variants() {
      return List.of("well", "throws", "fails").stream()
          .map(name -> new Variant(name, name))
          .toList();
    }
  }

  /** Its workload. */
  public static final class EndingWorkload extends Toy.ToyWorkload {
    @Override
    public List<CheckerSpec> checkers(Plan plan) {
      return List.of(new CheckerSpec("linearizable", Map.of("model", "register")));
    }
  }

  /** Where it runs. */
  public static final class EndingEnvironment implements Environment {
    @Override
    public String id() {
      return "ending";
    }

    @Override
    public String summary() {
      return "ends badly";
    }

    @Override
    public @Nullable String unavailable() {
      return null;
    }

    @Override
    public Set<String> capabilities(Deployment deployment) {
      return Set.of();
    }

    @Override
    public Cluster cluster(Environment.Request request) {
      RealTime time = new RealTime();
      FakeCluster cluster = new FakeCluster(time, List.of("n1", "n2"));
      cluster.ending =
          () -> {
            time.threads.shutdownNow();
            return switch (request.setup().variant()) {
              case "throws" -> throw new EnvironmentException("cannot");
              case "fails" -> CompletableFuture.failedFuture(new IllegalStateException("will not"));
              default -> CompletableFuture.completedFuture(List.of());
            };
          };
      return cluster;
    }
  }

  private static final class RealTime implements Scheduler {
    private final ScheduledExecutorService threads =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final long origin = System.nanoTime();

    @Override
    public long now() {
      return System.nanoTime() - origin;
    }

    @Override
    public Task at(long time, Runnable task) {
      ScheduledFuture<?> future =
          threads.schedule(task, Math.max(0, time - now()), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }

    @Override
    public void post(Runnable task) {
      Task unused = at(0, task);
    }
  }
}
