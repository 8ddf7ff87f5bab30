package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Target;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultKinds;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultMixTest {
  private static final Duration UNIT = Duration.ofSeconds(1);

  private static FaultPlan plan(List<String> kinds, Duration time, long seed) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("server", "server");
    members.put("log", "log");
    members.put("h1", "holder");
    members.put("h2", "holder");
    members.put("h3", "holder");
    return new FaultMix(
            kinds,
            members,
            List.of("server", "log"),
            List.of("$holder"),
            List.of("working", "granted"),
            new Target.Timing(UNIT, UNIT.multipliedBy(3)),
            100_000,
            seed)
        .plan(time);
  }

  private static Duration start(Fault fault) {
    return switch (fault.from()) {
      case Anchor.At at -> at.at();
      case Anchor.On on -> on.after();
    };
  }

  @Test
  void theSameSeedGivesTheSamePlanAndOthersDiffer() {
    Set<FaultPlan> plans = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      FaultPlan plan = plan(FaultKinds.all(), Duration.ofSeconds(20), seed);
      assertThat(plan(FaultKinds.all(), Duration.ofSeconds(20), seed)).isEqualTo(plan);
      plans.add(plan);
    }
    assertThat(plans).hasSizeGreaterThan(15);
  }

  @Test
  void aRunTooShortForOneKindHasAnother() {
    for (long seed = 0; seed < 20; seed++) {
      FaultPlan plan = plan(FaultKinds.all(), Duration.ofSeconds(2), seed);
      assertThat(plan.faults()).as("seed %d", seed).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "partition",
        "link.latency",
        "link.bandwidth",
        "link.reset",
        "link.hang",
        "link.slow-close",
        "link.loss",
        "link.duplicate",
        "link.reorder",
        "pause",
        "kill",
        "kill.lose-unsynced",
        "kill.torn",
        "disk.stall",
        "disk.full",
        "disk.corrupt",
        "disk.slow",
        "clock.step",
        "clock.rate",
        "clock.strobe"
      })
  void everyKindCanBePlannedAloneInAShortRun(String kind) {
    for (long seed = 0; seed < 50; seed++) {
      FaultPlan plan = plan(List.of(kind), Duration.ofSeconds(8), seed);
      assertThat(plan.kinds()).as("seed %d", seed).containsExactly(kind);
      assertThat(plan.faults()).hasSizeBetween(2, 5);
      for (Fault fault : plan.faults()) {
        assertThat(start(fault).plus(fault.lasting())).isLessThan(Duration.ofSeconds(8));
      }
    }
  }

  @Test
  void everyKindComesOnceBeforeAnyComesAgain() {
    List<String> kinds = List.of("partition", "link.latency", "pause", "kill", "clock.step");
    for (long seed = 0; seed < 50; seed++) {
      FaultPlan plan = plan(kinds, Duration.ofSeconds(20), seed);
      assertThat(plan.kinds()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(kinds);
    }
  }

  @Test
  void aPauseIsLongerThanALeaseAndOftenHitsSomebodyAtWork() {
    int anchored = 0;
    int all = 0;
    for (long seed = 0; seed < 50; seed++) {
      for (Fault fault : plan(List.of("pause"), Duration.ofSeconds(8), seed).faults()) {
        all++;
        assertThat(fault.lasting()).isGreaterThanOrEqualTo(UNIT.multipliedBy(3).dividedBy(2));
        if (fault.from() instanceof Anchor.On on && on.event().equals("working")) {
          anchored++;
        }
      }
    }
    assertThat(anchored).isGreaterThan(all / 3);
  }

  @Test
  void lateAnswersAreFollowedByLostRequestsOfTheSameNode() {
    for (long seed = 0; seed < 50; seed++) {
      List<Fault> faults =
          plan(List.of("link.latency", "partition"), Duration.ofSeconds(8), seed).faults();
      Fault.LinkFault late =
          (Fault.LinkFault)
              faults.stream().filter(f -> f instanceof Fault.LinkFault).findFirst().orElseThrow();
      assertThat(late.direction()).isEqualTo(Fault.Direction.IN);
      assertThat(faults)
          .as("seed %d", seed)
          .anyMatch(f ->
              f instanceof Fault.Partition p
                  && p.direction() == Fault.Direction.OUT
                  && p.from() instanceof Anchor.On cut
                  && late.from() instanceof Anchor.On begin
                  && cut.event().equals(begin.event())
                  && cut.after().equals(begin.after())
                  && cut.plus().compareTo(begin.plus()) > 0);
    }
  }

  @Test
  void aDriftIsAlwaysLargeEnoughToBeMeasured() {
    for (long seed = 0; seed < 50; seed++) {
      for (Fault fault : plan(List.of("clock.rate"), Duration.ofSeconds(8), seed).faults()) {
        long ppm = Math.abs(((Fault.Clock) fault).driftPpm());
        assertThat(ppm * fault.lasting().toMillis() / 1_000_000)
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(20);
      }
    }
  }

  @Test
  void everyRoleMeetsAWrongClockBeforeAnyDoesAgain() {
    for (long seed = 0; seed < 20; seed++) {
      List<Fault> faults = plan(List.of("clock.step"), Duration.ofSeconds(14), seed).faults();
      Set<String> hit = new HashSet<>();
      faults.subList(0, 3).forEach(f -> hit.add(((Fault.Clock) f).node().replaceAll("\\d", "")));
      assertThat(hit).as("seed %d", seed).hasSize(3);
    }
  }

  @Test
  void noPlanFitsIntoARunShorterThanAFault() {
    assertThat(plan(List.of("pause"), Duration.ofMillis(900), 1)).isEqualTo(FaultPlan.NONE);
  }
}
