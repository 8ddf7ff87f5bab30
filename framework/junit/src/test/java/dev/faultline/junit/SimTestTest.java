package dev.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Summary;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

final class SimTestTest {
  @TempDir Path out;

  /** What the tests of this test are: run by the kit only. */
  static class Samples {
    static final List<Summary> SEARCHES = new ArrayList<>();

    @SimTest(target = "sim-toy", schedules = 20)
    void holds(Summary search) {
      SEARCHES.add(search);
    }

    @SimTest(target = "sim-toy:sleepy", schedules = 50)
    void sleeps() {
      throw new IllegalStateException("the body must not be reached");
    }

    @SimTest(
        target = "sim-toy:sleepy",
        schedules = 50,
        verdict = Status.INVALID,
        property = "toy.last-write")
    void sleepsAsDemanded() {}

    @SimTest(
        target = "sim-toy:sleepy",
        schedules = 10,
        length = "1s",
        verdict = Status.INVALID,
        property = "node.no-crash")
    void sleepsByAnother() {}

    @SimTest(target = "sim-toy:sleepy", faults = "none", schedules = 3)
    void doesNotSleep() {}

    @SimTest(target = "sim-toy", faults = "none", schedules = 3, verdict = Status.INVALID)
    void findsNothing() {}

    @SimTest(target = "sim-toy:moody", schedules = 3)
    void isAnotherEachTime() {}

    @SimTest(target = "sim-toy", schedules = 0)
    void tooFew() {}

    @SimTest(target = "sim-toy", verdict = Status.VOID)
    void wrongVerdict() {}

    @SimTest(target = "toy")
    void notSimulated() {}
  }

  private Events run(String method, String... parameters) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("faultline.out", out.toString());
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      kit.configurationParameter(pair[0], pair[1]);
    }
    String types = method.equals("holds") ? Summary.class.getName() : "";
    return kit.selectors(selectMethod(Samples.class, method, types)).execute().testEvents();
  }

  private static String failure(Events events) {
    assertThat(events.failed().count()).isEqualTo(1);
    return events.failed().stream()
        .findFirst()
        .flatMap(e -> e.getPayload(TestExecutionResult.class))
        .flatMap(TestExecutionResult::getThrowable)
        .map(Throwable::getMessage)
        .orElseThrow();
  }

  @Test
  void allSchedulesAreTriedAndTheSearchIsPassedIn() {
    Samples.SEARCHES.clear();
    Events events = run("holds");
    events.assertStatistics(s -> s.started(1).succeeded(1));
    run("holds").assertStatistics(s -> s.succeeded(1));
    run("holds", "faultline.schedules=2").assertStatistics(s -> s.succeeded(1));
    assertThat(Samples.SEARCHES).extracting(Summary::schedules).containsExactly(20L, 20L, 2L);
    assertThat(Samples.SEARCHES.get(0).hash()).isEqualTo(Samples.SEARCHES.get(1).hash());
    assertThat(
            events.reportingEntryPublished().stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(ReportEntry.class)
                .getKeyValuePairs())
        .containsEntry("faultline.schedules", "20")
        .containsEntry("faultline.campaign", "%016x".formatted(Samples.SEARCHES.get(0).hash()));
  }

  @Test
  void aFindingIsMadeSmallAndCanBeReplayed() throws IOException {
    String message = failure(run("sleeps"));
    assertThat(message.lines().toList())
        .first()
        .asString()
        .startsWith("sim-toy:sleepy is INVALID: toy.last-write")
        .contains("shrunk in", "to 1 fault, 1 node, 1 client");
    assertThat(message).contains("A read gave 0 after a write of ", "◄ not what was written");
    String seed = group(message, "-Dfaultline.seed=(-?\\d+)");
    assertThat(message).contains("again:  mvn test '-Dtest=SimTestTest$Samples#sleeps'");

    Path dir = out.resolve("SimTestTest$Samples/sleeps").resolve(seed);
    Path replay = dir.resolve("toy.last-write.replay.json");
    assertThat(message).contains("replay: ./faultline replay " + replay);
    Replay read =
        Objects.requireNonNull(Replay.fromJson(JsonView.parse("replay", Files.readString(replay))));
    assertThat(read.show())
        .extracting(Replay.Shown::again, Replay.Shown::same)
        .containsExactly(true, true);
    assertThat(dir.resolve("history.jsonl")).isNotEmptyFile();

    String again = failure(run("sleeps", "faultline.seed=" + seed));
    assertThat(again).contains("after 1 schedule (seed " + seed + ")");
    assertThat(again.lines().skip(1).toList()).isEqualTo(message.lines().skip(1).toList());
  }

  private static String group(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  @Test
  void aDefectThatIsDemandedIsEnoughOnce() {
    run("sleepsAsDemanded").assertStatistics(s -> s.succeeded(1));
    assertThat(failure(run("sleepsByAnother")))
        .startsWith("sim-toy:sleepy: 10 schedules, and none is INVALID by node.no-crash")
        .contains("found instead: " + new Cause("toy.last-write", "other-value"));
    assertThat(failure(run("findsNothing"))).isEqualTo("sim-toy: 3 schedules, and none is INVALID");
    run("doesNotSleep").assertStatistics(s -> s.succeeded(1));
  }

  @Test
  void aFindingThatIsNotTheSameAgainIsToldAsThat() {
    assertThat(failure(run("isAnotherEachTime")))
        .contains("gave two different histories: hashes ", "see faultline gate sim-toy:moody");
    assertThat(out.resolve("SimTestTest$Samples")).doesNotExist();
  }

  @Test
  void aSmallRunThatIsNotTheSameAgainIsNotHandedOn() {
    Request request =
        new Request(
            "sim-toy:moody", null, "sim", List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0);
    Trials trials = Trials.ofOwnLength(request);
    Trials.Trial invalid = trials.run(trials.base());
    assertThat(invalid.judgement().status()).isEqualTo(Status.INVALID);
    assertThatThrownBy(
            () -> Shrinker.shrink(trials, invalid, new Shrinker.Limits(20, Duration.ofSeconds(10))))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("the shrunk run (seed ")
        .hasMessageContaining("gave two different histories");
  }

  @Test
  void whatIsWrongWithTheAnnotationIsSaid() {
    assertThat(failure(run("tooFew")))
        .isEqualTo("@SimTest on Samples.tooFew: schedules = 0, want at least 1");
    assertThat(failure(run("wrongVerdict"))).contains("verdict = VOID, want VALID or INVALID");
    assertThat(failure(run("notSimulated"))).contains("toy runs in memory and absent only");
    assertThat(failure(run("holds", "faultline.seed=x")))
        .contains("faultline.seed=x, want a whole");
  }
}
