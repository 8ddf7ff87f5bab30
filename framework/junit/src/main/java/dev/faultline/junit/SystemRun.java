package dev.faultline.junit;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.Environment;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.warden.Directories;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A run of a real system in containers, for tests that set runs beside each other: a finding beside
 * its control. For a run alone there is {@link FaultTest}.
 *
 * <pre>{@code
 * SystemRun paused = SystemRun.of(EtcdTest.class, "etcd", "locked-counter").planned("docs/plans/etcd-paused-holder.json");
 * paused.breaks("unguarded", "counter.no-lost-update");
 * paused.with("guard", "lock").holds("guarded");
 * }</pre>
 *
 * <p>What a run leaves lies under {@code target/faultline/CLASS/NAME/}. Runs may be made {@link
 * #atOnce}.
 *
 * @param options of target and workload
 * @param expects properties that count besides the claims; {@code all} for the workload's
 * @param nodes how many; 0 for the target's default
 * @param seconds length of the main phase
 */
public record SystemRun(
    Class<?> test,
    String target,
    String workload,
    FaultPlan plan,
    Map<String, String> options,
    List<String> expects,
    int nodes,
    int seconds) {
  private static final Path ROOT = Path.of(System.getProperty("faultline.root", ""));
  private static final int LONGER = 3;

  /** A run of eight seconds without faults. */
  public static SystemRun of(Class<?> test, String target, String workload) {
    FaultPlan none = FaultPlan.fromJson(JsonView.parse("no faults", "{\"faults\": []}"));
    return new SystemRun(test, target, workload, none, Map.of(), List.of(), 0, 8);
  }

  /** The same under this plan, as JSON. */
  public SystemRun plan(String json) {
    FaultPlan other = FaultPlan.fromJson(JsonView.parse(test.getSimpleName(), json));
    return new SystemRun(test, target, workload, other, options, expects, nodes, seconds);
  }

  /**
   * The same under the plan in a file.
   *
   * @param file from the directory {@code faultline.root}, a system property; where it is not set,
   *     from the working directory
   */
  public SystemRun planned(String file) throws IOException {
    return plan(Files.readString(ROOT.resolve(file)));
  }

  /** The same with an option. */
  public SystemRun with(String option, String value) {
    Map<String, String> more = new LinkedHashMap<>(options);
    more.put(option, value);
    return new SystemRun(test, target, workload, plan, more, expects, nodes, seconds);
  }

  /** The same, held to these properties as well. */
  public SystemRun expecting(String... properties) {
    return new SystemRun(
        test, target, workload, plan, options, List.of(properties), nodes, seconds);
  }

  /** The same with so many nodes. */
  public SystemRun nodes(int count) {
    return new SystemRun(test, target, workload, plan, options, expects, count, seconds);
  }

  /** The same of another length. */
  public SystemRun lasting(int other) {
    return new SystemRun(test, target, workload, plan, options, expects, nodes, other);
  }

  /**
   * Skips a test where no container engine answers, or fails it with {@code
   * -Dfaultline.requireDocker=true}; makes the images, which is quick when nothing changed, by the
   * command that the system property {@code faultline.images} names, {@code scripts/images} of
   * {@code faultline.root} if there is none. Where that is no file, the images have to be there.
   */
  public static void needsContainers() throws IOException, InterruptedException {
    Environment.Health engine = Catalog.environment("containers").health().get(0);
    if (!engine.works()) {
      String why = engine.detail() + "; " + engine.remedy();
      if (Boolean.getBoolean("faultline.requireDocker")) {
        Assertions.fail(why + " (-Dfaultline.requireDocker=true)");
      }
      Assumptions.abort(why);
    }
    Path command =
        Path.of(System.getProperty("faultline.images", ROOT.resolve("scripts/images").toString()));
    if (Files.isExecutable(command)) {
      make(command);
    }
  }

  private static void make(Path command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("faultline-images-", ".log");
    Process images =
        new ProcessBuilder(command.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = images.waitFor(8, TimeUnit.MINUTES);
    images.destroyForcibly();
    if (!ended || images.exitValue() != 0) {
      Assertions.fail(command + ": " + Files.readString(log));
    }
    Files.delete(log);
  }

  /** Makes the run, which has to be valid, each of its faults proven. */
  public void holds(String name) {
    Judgement judgement = judge(name);
    Assertions.assertEquals(Status.VALID, judgement.status(), judgement::toString);
    proven(judgement);
  }

  /**
   * Makes the run, which has to break these properties and no others, each fault proven. Others are
   * those that count, and with {@code all} expected every one that was looked at.
   */
  public void breaks(String name, String... properties) {
    broken(judge(name), properties);
  }

  /** As {@link #breaks}; once more, and for longer, if the machine was too slow for it. */
  public void breaksInTime(String name, String... properties) {
    Judgement first = judge(name);
    broken(
        first.status() == Status.INVALID ? first : lasting(LONGER * seconds).judge(name),
        properties);
  }

  private void broken(Judgement judgement, String... properties) {
    Assertions.assertEquals(Status.INVALID, judgement.status(), judgement::toString);
    boolean all = expects.contains("all");
    List<String> broken =
        judgement.findings().stream()
            .filter(f -> all ? f.verdict() instanceof Verdict.Invalid : f.fails())
            .map(Judgement.Finding::property)
            .toList();
    Assertions.assertEquals(List.of(properties), broken, judgement::toString);
    proven(judgement);
  }

  /** Makes runs at once, since they mostly wait, and waits for all of them. */
  public static void atOnce(Runnable... runs) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture.allOf(
              Arrays.stream(runs)
                  .map(run -> CompletableFuture.runAsync(run, threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error assertion) {
        throw assertion;
      }
      throw e;
    }
  }

  private void proven(Judgement judgement) {
    Assertions.assertEquals(plan.faults().size(), judgement.faults().size(), judgement::toString);
    Assertions.assertTrue(
        judgement.faults().stream().allMatch(Judgement.FaultRecord::proven), judgement::toString);
  }

  /** Makes the run; any verdict will do. */
  public Judgement judge(String name) {
    Path dir = Path.of("target", "faultline", test.getSimpleName(), name);
    Directories.delete(dir);
    Request request =
        new Request(
            target,
            workload,
            "containers",
            null,
            plan,
            expects,
            options,
            Duration.ofSeconds(seconds),
            1L,
            nodes,
            0,
            0);
    // A JVM beside this one may plan the same in the same second.
    String id = "%s-%s-%d".formatted(test.getSimpleName(), name, ProcessHandle.current().pid());
    return Experiment.run(Experiment.plan(request).withId(id), dir, Progress.NONE).judgement();
  }
}
