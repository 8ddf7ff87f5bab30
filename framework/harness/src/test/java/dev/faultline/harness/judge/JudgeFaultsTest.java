package dev.faultline.harness.judge;

import static dev.faultline.harness.judge.Case.finding;
import static dev.faultline.harness.judge.Case.invalid;
import static dev.faultline.harness.judge.Case.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.spec.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts: what becomes of a verdict when a fault was not what the plan says. */
final class JudgeFaultsTest {
  private static final String PAUSE =
      "{\"id\":\"f1\",\"do\":\"pause\",\"node\":\"$holder\",\"from\":{\"at\":\"1s\"},\"for\":\"2s\"}";
  private static final String ANCHORED =
      "{\"id\":\"f1\",\"do\":\"kill\",\"node\":\"$event\",\"from\":{\"on\":\"granted\",\"nth\":3},"
          + "\"for\":\"2s\"}";
  private static final String DRIFT =
      "{\"id\":\"f1\",\"do\":\"clock\",\"node\":\"n1\",\"drift\":\"20000ppm\",\"from\":{\"at\":\"1s\"},"
          + "\"for\":\"2s\"}";

  private static final String BEFORE =
      """
      0    harness event phase {"name":"run"}
      100  p0@n1 invoke write 1
      110  p0@n1 ok write
      """;
  private static final String DURING =
      """
      1500 p1@n1 invoke read
      1510 p1@n1 ok read 1
      """;
  private static final String START =
      "1010 f1 pause start {\"node\":\"h2\",\"target\":\"h2 (holder)\",\"lateNanos\":10000000}\n";
  private static final String EFFECT = "1020 f1 pause effect {\"state\":\"T\"}\n";
  private static final String END = "3020 f1 pause end {\"state\":\"S\"}\n";
  private static final String FINISH =
      """
      8000 harness event phase {"name":"final"}
      8010 p2@n1 invoke read
      8020 p2@n1 ok read 1
      8100 harness event phase {"name":"end"}
      """;

  private static Case paused(String... history) {
    return new Case()
        .checker("fence.resource-order", valid(5))
        .claim("fence.resource-order", "pause", "kill", "clock")
        .plan(PAUSE)
        .history(BEFORE + String.join("", history));
  }

  private static FaultRecord fault(Judgement judgement) {
    return judgement.faults().get(0);
  }

  @Test
  void aProvenFaultLeavesTheRunValid() {
    Judgement judgement = paused(START, EFFECT, DURING, END, FINISH).judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    FaultRecord fault = fault(judgement);
    assertThat(fault.proven()).isTrue();
    assertThat(fault.kind()).isEqualTo("pause");
    assertThat(fault.target()).isEqualTo("h2 (holder)");
    assertThat(fault.start()).isEqualTo(1_010_000_000);
    assertThat(fault.end()).isEqualTo(3_020_000_000L);
    assertThat(fault.receipt())
        .isEqualTo(Map.of("state", "T", "late", "10.0 ms", "end", Map.of("state", "S")));
    assertThat(judgement.exercised().duringFaults()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // never started, and nothing says why
        START, // nothing says that it took effect
        START + "1020 f1 pause failed {\"why\":\"still running\",\"phase\":\"effect\"}\n",
        START + "1020 f1 pause failed {\"why\":\"still running\",\"phase\":\"effect\"}\n" + END,
        START + END,
        "8000 f1 pause failed {\"why\":\"no holder\",\"phase\":\"start\"}\n",
      })
  void aFaultWithoutEffectIsNeverValid(String lines) {
    for (String finish : List.of("", FINISH)) {
      String during = lines.startsWith("8000") ? DURING + lines : lines.isEmpty() ? DURING : lines;
      Judgement judgement = paused(during, finish).judge();
      assertThat(judgement.status()).as(during + finish).isEqualTo(Status.VOID);
      assertThat(judgement.reasons()).isNotEmpty();
      assertThat(fault(judgement).proven()).isFalse();
    }
  }

  @Test
  void aFaultThatNeverStartedSaysWhyAndWhatToChange() {
    Judgement judgement =
        paused(
                DURING,
                "1600 server event granted {\"token\":1}\n",
                "8000 f1 kill failed {\"why\":\"its anchor, 'granted' no. 3, did not come\",\"phase\":\"start\"}\n",
                FINISH)
            .plan(ANCHORED)
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0))
        .isEqualTo(
            "f1 kill $event never started: its anchor, 'granted' no. 3, did not come (1 came);"
                + " lower 'nth' or 'after', raise --time, or say a 'latest' time");
    assertThat(fault(judgement).start()).isEqualTo(-1);
    assertThat(fault(judgement).receipt()).containsOnlyKeys("why");
  }

  @Test
  void aRunThatWasGivenUpSaysWhy() {
    String storm =
        "2000 harness event phase {\"name\":\"storm\",\"why\":\"too much at 2.000 s\"}\n";
    Judgement judgement = paused(START, DURING, storm).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons()).contains("the run was given up: too much at 2.000 s");
  }

  @Test
  void aFaultWhoseProofFailedSaysWhatWasSeen() {
    Judgement judgement =
        paused(
                START,
                "1020 f1 pause failed {\"state\":\"S\",\"phase\":\"effect\"}\n",
                DURING,
                END,
                FINISH)
            .judge();
    assertThat(judgement.reasons().get(0))
        .isEqualTo(
            "f1 pause h2 (holder) has no receipt: state S; see nodes/*/ and: faultline doctor");
    assertThat(fault(judgement).end()).isEqualTo(3_020_000_000L);
  }

  @Test
  void aFaultThatDidNotEndIsVoid() {
    Judgement judgement =
        paused(
                START,
                EFFECT,
                DURING,
                "3020 f1 pause failed {\"why\":\"no answer within 40 s\",\"phase\":\"end\"}\n",
                FINISH)
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).contains("has no proof that it ended: no answer");
    assertThat(fault(judgement).end()).isEqualTo(-1);
    assertThat(fault(judgement).receipt()).containsKeys("state", "not ended");
  }

  @Test
  void anEndThatWasNotRecordedIsVoidInACompleteRun() {
    Judgement judgement = paused(START, EFFECT, DURING, FINISH).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).contains("no proof that it ended");
  }

  @Test
  void aProvenViolationStandsWhereAReceiptIsMissing() {
    Judgement judgement =
        paused(START, DURING, FINISH)
            .checker("log.no-divergent-commit", invalid())
            .claim("log.no-divergent-commit", "pause")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.INVALID);
    assertThat(judgement.reasons()).isEmpty();
    assertThat(fault(judgement).proven()).isFalse();
  }

  @Test
  void aRunCutOffDuringAFaultIsJudgedAsFarAsItWent() {
    Judgement judgement = paused(START, EFFECT, DURING).judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(fault(judgement).proven()).isTrue();
    assertThat(fault(judgement).end()).isEqualTo(-1);
  }

  @Test
  void aRunCutOffBeforeAProofSaysWhichPrefixCanBeJudged() {
    Judgement judgement = paused(DURING, START.replace("1010", "1600")).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).endsWith("with --until 5");
  }

  @Test
  void inARunCutOffOnlyStartedFaultsCount() {
    String second = PAUSE.replace("f1", "f2").replace("1s", "6s");
    Judgement judgement = paused(START, EFFECT, DURING, END).plan(PAUSE, second).judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(judgement.faults()).extracting(FaultRecord::proven).containsExactly(true, false);
  }

  @Test
  void aFaultThatWasGivenUpCountsAlsoWhereTheRunWasCutOff() {
    String second = PAUSE.replace("f1", "f2").replace("1s", "6s");
    String givenUp = "8000 f2 pause failed {\"why\":\"no holder\",\"phase\":\"start\"}\n";
    Judgement judgement = paused(START, EFFECT, DURING, END, givenUp).plan(PAUSE, second).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).startsWith("f2 pause $holder never started: no holder");
  }

  @Test
  void aRunCutOffBeforeItsFaultsIsVoid() {
    Judgement judgement = paused(DURING).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).contains("before any of its faults");
  }

  @Test
  void faultsThatNoOperationMetAreVoid() {
    Judgement judgement = paused(START, EFFECT, END, FINISH).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).startsWith("no operation was open during a fault");
  }

  @Test
  void faultsAfterWhichNothingWorkedAreVoid() {
    String lost = "1500 p1@n1 invoke read\n2000 p1@n1 info read !timeout\n";
    String end = "8100 harness event phase {\"name\":\"end\"}\n";
    Judgement judgement = paused(START, EFFECT, lost, END, end).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).startsWith("no operation was ok once the first fault");
  }

  @Test
  void anOperationInTheRecoveryMeetsTheFault() {
    String recovery = "4000 p1@n1 invoke read\n4010 p1@n1 ok read 1\n";
    Judgement judgement = paused(START, EFFECT, END, recovery, FINISH).judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(judgement.exercised().duringFaults()).isZero();
  }

  @Test
  void finalReadsAloneDoNotMeetAFault() {
    Judgement judgement =
        paused(START, EFFECT, END, FINISH.replace("8000", "3500").replace("8010", "3600")).judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
  }

  @Test
  void anOperationThatTimedOutWasOpenUntilThen() {
    String before = "500 p1@n1 invoke read\n900 p1@n1 info read !timeout\n";
    String through = "500 p1@n1 invoke read\n";
    String gaveUp = "1100 p1@n1 info read !timeout\n";
    assertThat(paused(before, START, EFFECT, END, FINISH).judge().exercised().duringFaults())
        .isZero();
    assertThat(
            paused(through, START, EFFECT, gaveUp, END, FINISH).judge().exercised().duringFaults())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lease.minimum-term",
        "lease.belief-exclusive",
        "leader.no-overlapping-belief",
        "live.progress",
        "stale.bounded"
      })
  void aFaultThatLastedTooLongExcusesWhatDependsOnItsLength(String property) {
    String late = END.replace("3020", "6500"); // 5.5 s instead of 2 s
    Judgement judgement =
        paused(START, EFFECT, DURING, late, FINISH)
            .checker(property, invalid())
            .claim(property, "pause")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0))
        .startsWith(property + " is broken, and that proves nothing here: f1 pause h2 (holder)")
        .contains("lasted 5.5 s instead of 2.0 s");
    assertThat(finding(judgement, property).standing()).isEqualTo(Standing.OBSERVED);
    assertThat(finding(judgement, property).reason()).contains("lasted 5.5 s");

    String justInTime = END.replace("3020", "6000"); // twice as long and a second
    assertThat(
            paused(START, EFFECT, DURING, justInTime, FINISH)
                .checker(property, invalid())
                .claim(property, "pause")
                .judge()
                .status())
        .isEqualTo(Status.INVALID);
  }

  @Test
  void aFaultThatLastedTooLongExcusesNothingElse() {
    Judgement judgement =
        paused(START, EFFECT, DURING, END.replace("3020", "6500"), FINISH)
            .checker("log.no-divergent-commit", invalid())
            .claim("log.no-divergent-commit", "pause")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.INVALID);
  }

  @Test
  void aFaultThatLastedTooLongIsNoTroubleWhereEverythingHeld() {
    Judgement judgement =
        paused(START, EFFECT, DURING, END.replace("3020", "6500"), FINISH)
            .checker("lease.minimum-term", valid(3))
            .claim("lease.minimum-term", "pause")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
  }

  @Test
  void aLeaseRuleBrokenUnderAnUnprovenFaultIsVoid() {
    Judgement judgement =
        paused(START, EFFECT, DURING, FINISH)
            .checker("lease.minimum-term", invalid())
            .claim("lease.minimum-term", "pause")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(finding(judgement, "lease.minimum-term").standing()).isEqualTo(Standing.OBSERVED);
  }

  @Test
  void aDriftThatMayHaveBeenLargerExcusesAClaimWithABound() {
    String drift =
        """
        1010 f1 clock.rate start {"node":"n1"}
        1500 p1@n1 invoke read
        1510 p1@n1 ok read 1
        1900 f1 clock.rate failed {"rate":"90000ppm","phase":"effect"}
        3000 f1 clock.rate end {}
        """;
    Case run = paused(drift, FINISH).plan(DRIFT).checker("log.a", invalid());
    assertThat(
            run.claim(new Claim("log.a", List.of("clock"), 50_000, Map.of(), "a test"))
                .judge()
                .status())
        .isEqualTo(Status.VOID);
    assertThat(
            paused(drift, FINISH)
                .plan(DRIFT)
                .checker("log.a", invalid())
                .claim("log.a", "clock")
                .judge()
                .status())
        .isEqualTo(Status.INVALID);
  }

  @Test
  void kindsAreJoinedAndTheTargetIsTheNodeWhereNothingElseIsSaid() {
    String both =
        "{\"id\":\"f1\",\"do\":\"clock\",\"node\":\"n1\",\"drift\":\"500ppm\",\"offset\":\"1s\","
            + "\"from\":{\"at\":\"1s\"},\"for\":\"2s\"}";
    Judgement judgement =
        paused("1010 f1 clock start {\"node\":\"n1\"}\n", DURING, FINISH).plan(both).judge();
    assertThat(fault(judgement).kind()).isEqualTo("clock.step+clock.rate");
    assertThat(fault(judgement).target()).isEqualTo("n1");
  }
}
