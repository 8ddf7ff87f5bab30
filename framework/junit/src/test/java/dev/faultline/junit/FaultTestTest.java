package dev.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.RunResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

final class FaultTestTest {
  @TempDir Path out;

  /** What the tests of this test are: run by the kit only. */
  static class Samples {
    static final List<RunResult> RUNS = new ArrayList<>();

    @FaultTest(target = "toy", faults = "pause", runs = 2, time = "600ms")
    void holds(RunResult run) {
      RUNS.add(run);
    }

    @FaultTest(target = "toy:forgets", faults = "none", runs = 1, time = "500ms")
    void forgets() {
      throw new IllegalStateException("the body must not be reached");
    }

    @FaultTest(
        target = "toy:forgets",
        faults = "none",
        runs = 1,
        time = "500ms",
        verdict = Status.INVALID,
        property = "toy.last-write")
    void forgetsAsDemanded() {}

    @FaultTest(
        target = "toy:forgets",
        faults = "none",
        runs = 1,
        time = "500ms",
        verdict = Status.INVALID,
        property = "log.other")
    void forgetsByAnother() {}

    @FaultTest(target = "toy", faults = "none", runs = 1, time = "500ms", verdict = Status.INVALID)
    void findsNothing() {}

    @FaultTest(target = "toy:unpausable", plan = "toy-plan.json", runs = 1, time = "500ms")
    void faultsHaveNoEffect() {}

    @FaultTest(
        target = "toy",
        plan = "toy-plan.json",
        options = "colour=blue",
        expect = "all",
        runs = 1,
        time = "500ms")
    void takesItsPlanAndOptions(RunResult run) {
      RUNS.add(run);
    }

    @FaultTest(
        target = "toy:forgets-at-even-seeds",
        faults = "none",
        time = "500ms",
        verdict = Status.INVALID,
        anyRun = true)
    void findsWithSomeSeed() {}

    @FaultTest(target = "toy", environment = "absent", runs = 2)
    void nowhereToRun() {}

    @FaultTest(target = "top", runs = 1)
    void unknownTarget() {}

    @FaultTest(target = "toy", runs = 1, plan = "missing.json")
    void missingPlan() {}

    @FaultTest(target = "toy", runs = 1, time = "long")
    void wrongTime() {}

    @FaultTest(target = "toy", runs = 1, options = "colour")
    void wrongOption() {}
  }

  private EngineExecutionResults run(String method, String... parameters) {
    return kit(parameters).selectors(selectMethod(Samples.class, method)).execute();
  }

  private EngineTestKit.Builder kit(String... parameters) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("faultline.out", out.toString())
            .configurationParameter("faultline.requireDocker", "false");
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      kit.configurationParameter(pair[0], pair[1]);
    }
    return kit;
  }

  private EngineExecutionResults runWithResult(String method, String... parameters) {
    Samples.RUNS.clear();
    return kit(parameters)
        .selectors(selectMethod(Samples.class, method, RunResult.class.getName()))
        .execute();
  }

  /** What the one failure says. */
  private static String failure(Events events) {
    assertThat(events.failed().count()).isEqualTo(1);
    return events.failed().stream()
        .findFirst()
        .flatMap(e -> e.getPayload(org.junit.platform.engine.TestExecutionResult.class))
        .flatMap(org.junit.platform.engine.TestExecutionResult::getThrowable)
        .map(Throwable::getMessage)
        .orElseThrow();
  }

  @Test
  void oneInvocationForEachSeedAndTheResultIsPassedIn() throws IOException {
    EngineExecutionResults results = runWithResult("holds");
    results.testEvents().assertStatistics(s -> s.started(2).succeeded(2));
    assertThat(Samples.RUNS).hasSize(2).allMatch(r -> r.judgement().status() == Status.VALID);
    for (RunResult run : Samples.RUNS) {
      Path dir = out.resolve("FaultTestTest$Samples/holds").resolve("" + run.run().seed());
      assertThat(run.dir()).isEqualTo(dir);
      assertThat(dir.resolve("history.jsonl")).isNotEmptyFile();
      assertThat(run.judgement().faults()).isNotEmpty().allMatch(f -> f.proven());
    }
    try (Stream<Path> seeds = Files.list(out.resolve("FaultTestTest$Samples/holds"))) {
      assertThat(seeds).hasSize(2);
    }
    assertThat(
            results.testEvents().finished().stream()
                .map(e -> e.getTestDescriptor().getDisplayName()))
        .containsExactlyElementsOf(
            Samples.RUNS.stream().map(r -> "seed=" + r.run().seed()).toList());
  }

  @Test
  void seedsStayTheSameAndCanBeGiven() throws IOException {
    Path older = out.resolve("FaultTestTest$Samples/holds/7/left-by-an-older-run");
    Files.createDirectories(older);
    runWithResult("holds", "faultline.seed=7").testEvents().assertStatistics(s -> s.succeeded(1));
    assertThat(Samples.RUNS).extracting(r -> r.run().seed()).containsExactly(7L);
    assertThat(older).doesNotExist();
    List<Long> first = Seeds.of(annotation("holds"), method("holds"), name -> empty());
    assertThat(first).containsExactly(SEEDS);
  }

  /** What the name of {@code holds} gives; other seeds would silently be other tests. */
  private static final Long[] SEEDS = {142_894L, 610_985L};

  @Test
  void aBrokenClaimFailsWithTheWitnessAndTheCommandThatShowsItAgain() {
    Events events = run("forgets", "faultline.seed=7").testEvents();
    events
        .failed()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(instanceOf(AssertionError.class))));
    String message = failure(events);
    assertThat(message.lines().toList())
        .startsWith("toy:forgets is INVALID: toy.last-write", "  A read gave 1 after a write of 2.")
        .endsWith(
            "  report: " + out.resolve("FaultTestTest$Samples/forgets/7"),
            "  again:  mvn test '-Dtest=FaultTestTest$Samples#forgets' -Dfaultline.seed=7")
        .anyMatch(line -> line.endsWith("n1  read 1  ◄ not what was written"));
  }

  @Test
  void theReportForATerminalIsUsedWhereThereIsOne() {
    Report.Screen screen =
        new Report.Screen() {
          @Override
          public String id() {
            return "text";
          }

          @Override
          public String fileName() {
            return "summary.txt";
          }

          @Override
          public void write(Input input, Writer to) {}

          @Override
          public String show(Input input, int width, boolean colour) {
            return "INVALID  and so on\n  It broke.  \n\n  see    here\n  again  " + input.again();
          }
        };
    runWithResult("holds", "faultline.seed=7");
    assertThat(FailureMessage.body(Samples.RUNS.get(0), "mvn test", screen))
        .containsExactly("  It broke.", "");
  }

  @Test
  void aVariantThatIsFoundByTheRightPropertyPasses() {
    run("forgetsAsDemanded").testEvents().assertStatistics(s -> s.succeeded(1));
    assertThat(failure(run("forgetsByAnother").testEvents()))
        .startsWith("toy:forgets is INVALID: toy.last-write; demanded: INVALID by log.other\n");
    assertThat(failure(run("findsNothing").testEvents()))
        .startsWith("toy is VALID; demanded: INVALID\n");
  }

  @Test
  void aRunThatProvesNothingFails() {
    assertThat(failure(run("faultsHaveNoEffect").testEvents()))
        .startsWith("toy:unpausable is VOID\n")
        .contains("f1 pause n1")
        .contains("n1 is still running");
  }

  @Test
  void planOptionsAndExpectationsArePassedOn() {
    runWithResult("takesItsPlanAndOptions").testEvents().assertStatistics(s -> s.succeeded(1));
    RunResult run = Samples.RUNS.get(0);
    assertThat(run.run().plan().faults()).extracting(f -> f.id()).containsExactly("f1");
    assertThat(run.run().options()).isEqualTo(Map.of("colour", "blue"));
    assertThat(run.run().expects()).containsExactly("all");
  }

  @Test
  void whereOneRunIsEnoughTheOthersAreAborted() {
    Events found = run("findsWithSomeSeed", "faultline.seed=1,2,3").testEvents();
    found.assertStatistics(s -> s.started(3).succeeded(1).aborted(2).failed(0));
    found
        .aborted()
        .assertThatEvents()
        .haveExactly(1, event(abortedWithReason(message(m -> m.contains("another seed is tried")))))
        .haveExactly(
            1, event(abortedWithReason(message(m -> m.contains("seed 2 ended as demanded")))));
    Events missed = run("findsWithSomeSeed", "faultline.seed=1,3").testEvents();
    missed.assertStatistics(s -> s.started(2).aborted(1).failed(1));
  }

  @Test
  void withoutItsEnvironmentATestIsSkippedUnlessItIsRequired() {
    Events events = run("nowhereToRun").containerEvents();
    events
        .skipped()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                skippedWithReason(
                    "environment absent is not available: no engine answers; start one")));
    Events required = run("nowhereToRun", "faultline.requireDocker=true").testEvents();
    assertThat(required.failed().count()).isEqualTo(2);
  }

  @Test
  void whatIsWrongWithTheAnnotationIsSaid() {
    assertThat(failure(run("unknownTarget").testEvents())).contains("no target 'top'", "toy?");
    assertThat(failure(run("missingPlan").testEvents()))
        .startsWith("@FaultTest on Samples.missingPlan: plan: neither a file 'missing.json' in");
    assertThat(failure(run("wrongTime").testEvents())).contains("time: 'long' is not a duration");
    assertThat(failure(run("wrongOption").testEvents())).contains("options: 'colour', want");
    Events seed = run("forgets", "faultline.seed=x").containerEvents();
    assertThat(failure(seed)).contains("faultline.seed=x, want a whole number");
  }

  @Test
  void everyRunIsReported() {
    Events events = run("forgetsAsDemanded", "faultline.seed=7").testEvents();
    Event entry = events.reportingEntryPublished().stream().findFirst().orElseThrow();
    assertThat(entry.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
        .containsEntry("faultline.seed", "7")
        .containsEntry("faultline.verdict", "invalid")
        .containsKey("faultline.dir");
  }

  private static java.util.Optional<String> empty() {
    return java.util.Optional.empty();
  }

  private static java.lang.reflect.Method method(String name) {
    return Stream.of(Samples.class.getDeclaredMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FaultTest annotation(String name) {
    return method(name).getAnnotation(FaultTest.class);
  }
}
