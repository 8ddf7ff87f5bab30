package dev.faultline.harness.judge;

import static dev.faultline.harness.judge.Case.finding;
import static dev.faultline.harness.judge.Case.invalid;
import static dev.faultline.harness.judge.Case.unknown;
import static dev.faultline.harness.judge.Case.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.spec.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which properties count, and how the verdict of a run is made from theirs. */
final class JudgeTest {
  private static final String CALM =
      """
      0    harness event phase {"name":"run"}
      100  p0@n1 invoke write key=x 1
      110  p0@n1 ok write key=x
      200  p1@n2 invoke read key=x
      210  p1@n2 ok read key=x 1
      300  p1@n2 invoke cas key=x [1,2]
      310  p1@n2 fail cas key=x !mismatch
      400  p0@n1 invoke write key=x 3
      900  p0@n1 info write key=x !timeout
      950  n1 event leader {"term":4}
      1000 harness event phase {"name":"end"}
      """;

  private static Case calm() {
    return new Case().history(CALM);
  }

  @Test
  void aClaimThatHeldIsValid() {
    Judgement judgement = calm().checker("linearizable", valid(3)).claim("linearizable").judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(judgement.reasons()).isEmpty();
    assertThat(finding(judgement, "linearizable").standing()).isEqualTo(Standing.CLAIMED);
    assertThat(finding(judgement, "linearizable").summary()).isEqualTo("linearizable holds.");
  }

  @Test
  void aClaimThatIsBrokenIsInvalidAndIsTheHeadline() {
    Judgement judgement =
        calm()
            .checker("a.first", valid(3))
            .checker("linearizable", invalid())
            .claim("a.first")
            .claim("linearizable")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.INVALID);
    assertThat(judgement.headline()).isEqualTo(finding(judgement, "linearizable"));
    assertThat(judgement.reasons()).isEmpty();
  }

  @Test
  void whatDependsOnTheSizeOfFaultsIsNotCertainBeforeTheirEnd() {
    Case broken =
        calm()
            .checker("lease.minimum-term", invalid())
            .checker("live.progress", invalid())
            .claim("lease.minimum-term")
            .claim("live.progress");
    assertThat(Judge.certain(broken.judge())).isNull();
    Judgement judgement = broken.checker("linearizable", invalid()).claim("linearizable").judge();
    assertThat(Judge.certain(judgement)).isEqualTo(finding(judgement, "linearizable"));
    Judgement observed = calm().checker("a", valid(1)).claim("a").checker("b", invalid()).judge();
    assertThat(Judge.certain(observed)).isNull();
  }

  @Test
  void whatNobodyClaimsIsShownAndDoesNotFail() {
    Judgement judgement =
        calm().checker("a", valid(1)).checker("linearizable", invalid()).claim("a").judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(finding(judgement, "linearizable").standing()).isEqualTo(Standing.OBSERVED);
    assertThat(finding(judgement, "linearizable").reason()).isEqualTo("not claimed by toy");
  }

  @Test
  void whatIsExpectedByNameCounts() {
    Judgement judgement = calm().checker("linearizable", invalid()).expects("linearizable").judge();
    assertThat(judgement.status()).isEqualTo(Status.INVALID);
    assertThat(finding(judgement, "linearizable").standing()).isEqualTo(Standing.EXPECTED);
  }

  @Test
  void expectAllLeavesOutBeliefsAndLiveness() {
    Case all =
        calm()
            .checker("linearizable", valid(1))
            .checker("lease.belief-exclusive", invalid())
            .checker("leader.no-overlapping-belief", invalid())
            .checker("live.progress", invalid())
            .checker("lease.minimum-term", valid(1));
    Judgement judgement = all.expects("all").judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(judgement.findings())
        .filteredOn(f -> f.standing() == Standing.EXPECTED)
        .extracting(Judgement.Finding::property)
        .containsExactly("linearizable", "lease.minimum-term");
    assertThat(finding(judgement, "live.progress").reason())
        .isEqualTo("counts only when named: --expect live.progress");
    Judgement named = all.expects("all", "lease.belief-exclusive").judge();
    assertThat(named.status()).isEqualTo(Status.INVALID);
  }

  @Test
  void aClaimCountsOnlyWithItsOptions() {
    Claim claim =
        new Claim(
            "linearizable",
            List.of(),
            Long.MAX_VALUE,
            Map.of("reads", List.of("linearizable")),
            "a test");
    Case serializable =
        calm()
            .checker("linearizable", invalid())
            .claim(claim)
            .options(Map.of("reads", "serializable"));
    Judgement judgement = serializable.judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(finding(judgement, "linearizable").reason())
        .isEqualTo("claimed with reads=linearizable");
    assertThat(serializable.options(Map.of("reads", "linearizable")).judge().status())
        .isEqualTo(Status.INVALID);
  }

  @Test
  void aClaimOfWhatThisWorkloadDoesNotJudgeIsPassedOver() {
    Judgement judgement = calm().checker("a", valid(1)).claim("a").claim("log.other").judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    assertThat(judgement.findings()).hasSize(1);
  }

  @Test
  void anExpectedPropertyWithoutACheckerIsUnknown() {
    Judgement judgement = calm().checker("a", valid(1)).claim("a").expects("log.other").judge();
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.reasons())
        .containsExactly(
            "log.other: workload toy-work has no checker for it; take it out of --expect, or choose"
                + " another workload");
  }

  @Test
  void aCheckerThatNobodyHasIsUnknown() {
    Judgement judgement = calm().missingChecker("gone").claim("gone").judge();
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.reasons().get(0)).contains("no checker for property 'gone'");
  }

  @Test
  void aCheckerThatFailsIsUnknownAndHidesNoOther() {
    Case broken =
        calm()
            .checker(
                "a",
                () -> {
                  throw new IllegalStateException("boom");
                })
            .claim("a");
    Judgement judgement = broken.judge();
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.reasons().get(0)).contains("boom");
    assertThat(broken.checker("b", invalid()).claim("b").judge().status())
        .isEqualTo(Status.INVALID);
  }

  @Test
  void anExhaustedBudgetIsUnknownAndSaysWhatRaisesIt() {
    Judgement judgement = calm().checker("a", unknown()).claim("a").judge();
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.reasons())
        .containsExactly("a: time budget of 5 ms ran out; raise --check-time");
  }

  @Test
  void doubtAboutWhatDoesNotCountIsNoDoubt() {
    Judgement judgement = calm().checker("a", valid(1)).claim("a").checker("b", unknown()).judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
  }

  @Test
  void invalidOutranksUnknown() {
    Judgement judgement =
        calm().checker("a", unknown()).claim("a").checker("b", invalid()).claim("b").judge();
    assertThat(judgement.status()).isEqualTo(Status.INVALID);
  }

  @Test
  void voidOutranksUnknownAndGivesBothReasons() {
    Judgement judgement = new Case().history("").checker("a", unknown()).claim("a").judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons()).hasSize(2);
    assertThat(judgement.reasons().get(1)).startsWith("a: time budget");
  }

  @Test
  void nothingClaimedOrExpectedIsVoid() {
    Judgement judgement =
        calm()
            .checker("a", valid(9))
            .checker("node.no-crash", valid(3))
            .claim("node.no-crash")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons())
        .containsExactly(
            "nothing that was judged is claimed or expected (a not claimed by toy); add --expect"
                + " all, or choose other --faults");
  }

  @Test
  void aCrashIsInvalidThoughNothingElseCounts() {
    Judgement judgement = calm().checker("node.no-crash", invalid()).claim("node.no-crash").judge();
    assertThat(judgement.status()).isEqualTo(Status.INVALID);
  }

  @Test
  void noOperationOkIsVoid() {
    Judgement judgement =
        new Case()
            .history(
                """
                p0 invoke read
                p0 fail read !refused
                harness event phase {"name":"end"}
                """)
            .checker("a", valid(1))
            .claim("a")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).startsWith("none of 1 operations was ok");
  }

  @Test
  void nothingExaminedIsVoid() {
    Judgement judgement =
        calm()
            .checker("a", valid(0))
            .claim("a")
            .checker("b", valid(0))
            .claim("b")
            .checker("node.no-crash", valid(3))
            .claim("node.no-crash")
            .judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0))
        .startsWith("nothing that counts had anything")
        .contains("(a, b)");
  }

  @Test
  void theWorkloadsFirstPropertyMustHaveBeenTested() {
    Case first = calm().checker("a", valid(0)).checker("b", valid(5)).claim("b");
    assertThat(first.judge().status()).as("not counted").isEqualTo(Status.VALID);
    Judgement judgement = first.claim("a").judge();
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().get(0)).startsWith("a, which this workload is about");
  }

  @Test
  void aLaterPropertyMayHaveHadNothingToExamine() {
    Judgement judgement =
        calm().checker("a", valid(5)).claim("a").checker("b", valid(0)).claim("b").judge();
    assertThat(judgement.status()).isEqualTo(Status.VALID);
  }

  @Test
  void countsWhatWasExercised() {
    Judgement.Exercised done = calm().checker("a", valid(1)).claim("a").judge().exercised();
    assertThat(done.operations()).isEqualTo(4);
    assertThat(done.ok()).isEqualTo(2);
    assertThat(done.fail()).isEqualTo(1);
    assertThat(done.info()).isEqualTo(1);
    assertThat(done.byFunction())
        .isEqualTo(
            Map.of(
                "write", Map.of("ok", 1L, "info", 1L),
                "read", Map.of("ok", 1L),
                "cas", Map.of("fail", 1L)));
    assertThat(done.events()).isEqualTo(Map.of("leader", 1L));
    assertThat(done.duringFaults()).isZero();
    assertThat(done.durationNanos()).isEqualTo(1_000_000_000);
  }
}
