package dev.faultline.targets.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Sensitivity;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The correct form stays silent, each broken one is caught by the property that it breaks. */
final class GrantsTest {
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final String VALID = "VALID";

  @TempDir private Path dir;

  @Test
  void theCorrectOneIsValidUnderEverythingThatItClaimsToBear() {
    Simulated runs = new Simulated(dir);
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(
              runs.under(
                  "grants", TIME, seed, "partition", "link.latency", "pause", "kill", "clock"))
          .as("seed %d", seed)
          .isEqualTo(VALID);
    }
  }

  @Test
  void aValidRunWouldHaveShownAShareOfEveryKindOfMistake() {
    Request request =
        new Request(
            "grants", null, "sim", List.of(), null, List.of("all"), Map.of(), TIME, 3L, 0, 0, 0);
    Judgement judgement =
        Experiment.run(Experiment.plan(request), dir.resolve("run"), Progress.NONE).judgement();
    assertThat(judgement.sensitivity())
        .allMatch(one -> one.caught() > 0)
        .extracting(Sensitivity::property)
        .contains(
            "fence.resource-order",
            "lease.token-order",
            "lease.one-holder-per-token",
            "lease.minimum-term",
            "lease.belief-exclusive");
  }

  /** A repeated release must not be refused, nor end the next lease; a repeated append neither. */
  @ParameterizedTest
  @CsvSource({"*, *", "c1, h1"})
  void messagesThatComeTwiceBreakNothing(String source, String target) {
    FaultPlan twice =
        new FaultPlan(
            List.of(
                new Fault.LinkFault(
                    "f1",
                    new Anchor.At(Duration.ofMillis(200)),
                    Duration.ofSeconds(7),
                    source,
                    target,
                    Fault.Direction.BOTH,
                    Fault.Effect.messages(0, 100, Duration.ZERO))));
    Simulated runs = new Simulated(dir);
    for (long seed = 1; seed <= 8; seed++) {
      assertThat(runs.with(twice, "grants", TIME, seed)).as("seed %d", seed).isEqualTo(VALID);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "no-fencing, fence.resource-order, pause",
    "wall-clock-server, lease.minimum-term, clock.step",
    "ttl-from-response, lease.belief-exclusive, link.latency+partition",
    "no-local-expiry, lease.belief-exclusive, partition",
    "token-reuse, lease.token-order, kill"
  })
  void eachDefectIsFoundWithinFiveSeedsOfItsFault(String variant, String property, String kinds) {
    Simulated runs = new Simulated(dir);
    List<String> verdicts = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      verdicts.add(runs.under("grants:" + variant, TIME, seed, kinds.split("\\+")));
    }
    assertThat(verdicts).contains("INVALID " + property).isSubsetOf("INVALID " + property, VALID);
  }

  @ParameterizedTest
  @CsvSource({
    "no-fencing, fence.resource-order, no-fencing, false",
    "wall-clock-server, lease.minimum-term, wall-clock-server, false",
    "wall-clock-server, lease.minimum-term, wall-clock-server-time-path, true",
    "ttl-from-response, lease.belief-exclusive, ttl-from-response, false",
    "no-local-expiry, lease.belief-exclusive, no-local-expiry, false",
    "token-reuse, lease.token-order, token-reuse, false"
  })
  void eachDefectIsFoundByItsPlanWhichTheCorrectOneBears(
      String variant, String property, String plan, String timePath) {
    Simulated runs = new Simulated(dir);
    Map<String, String> options = Map.of("time-path", timePath);
    List<String> verdicts = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      verdicts.add(runs.by("grants-" + plan, "grants:" + variant, TIME, seed, options));
    }
    assertThat(verdicts).contains("INVALID " + property).isSubsetOf("INVALID " + property, VALID);
    assertThat(runs.by("grants-" + plan, "grants", TIME, 1, options)).isEqualTo(VALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no-fencing", "wall-clock-server", "ttl-from-response", "no-local-expiry"})
  void withoutAFaultTheDefectDoesNotShow(String variant) {
    Simulated runs = new Simulated(dir);
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(runs.under("grants:" + variant, TIME, seed)).as("seed %d", seed).isEqualTo(VALID);
    }
  }
}
