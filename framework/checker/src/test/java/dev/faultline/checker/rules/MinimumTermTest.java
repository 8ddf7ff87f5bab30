package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.judge;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Leases of 1,000 ms; times at the left are milliseconds. */
final class MinimumTermTest {
  private static final String RULE = "lease.minimum-term";

  private static final String EARLY =
      """
      1000 p0@h1 invoke acquire
      1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
      1500 p1@h2 invoke acquire
      1990 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
      """;

  @Test
  void grantedToAnotherBeforeTheEnd() {
    Witness witness = invalid(RULE, "granted-too-early", EARLY);
    assertThat(witness.sentence())
        .isEqualTo(
            "h2 was granted token 42 while the lease of h1, token 41, was guaranteed for another 10 ms.");
  }

  @Test
  void aDeclaredClockErrorShortensTheTerm() {
    assertThat(judge(RULE, Map.of("rateErrorPpm", 9_000L), EARLY))
        .isInstanceOf(Verdict.Invalid.class);
    assertThat(judge(RULE, Map.of("rateErrorPpm", 10_000L), EARLY))
        .isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void theTermIsCountedFromTheQuestionNotTheAnswer() {
    valid(
        RULE,
        1,
        """
        1000 p0@h1 invoke acquire
        1900 p0@h1 ok     acquire {"token":41,"ttl":1000000000}   # the answer took long
        1950 p1@h2 invoke acquire
        2000 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void grantsAreOrderedByTokenNotByInvocation() {
    // h2 asked first and its request was slow; it was granted after h1's lease had ended.
    valid(
        RULE,
        1,
        """
         900 p1@h2 invoke acquire
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        2100 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void aRenewalMovesTheEnd() {
    invalid(
        RULE,
        "granted-too-early",
        """
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        1800 p0@h1 invoke renew
        1810 p0@h1 ok     renew {"token":41,"ttl":1000000000}
        2100 p1@h2 invoke acquire
        2200 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void theWitnessIsTheTermThatWasCutShortMost() {
    Witness witness =
        invalid(
            RULE,
            "granted-too-early",
            """
            1000 p0@h1 invoke acquire
            1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
            1800 p0@h1 invoke renew
            1810 p0@h1 ok     renew {"token":41,"ttl":1000000000}
            1850 p1@h2 invoke acquire
            1990 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
            """);
    assertThat(witness.sentence()).contains("for another 810 ms");
  }

  @Test
  void anUnknownRenewalGuaranteesNothing() {
    valid(
        RULE,
        1,
        """
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        1800 p0@h1 invoke renew
        1810 p0@h1 info   renew !timeout
        2100 p1@h2 invoke acquire
        2200 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void aReleaseCountsFromItsInvocation() {
    for (String outcome : new String[] {"ok release {\"token\":41}", "info release !timeout"}) {
      valid(
          RULE,
          1,
          """
          1000 p0@h1 invoke acquire
          1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
          1100 p0@h1 invoke release
          1110 p1@h2 invoke acquire
          1120 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
          1130 p0@h1 %s
          """
              .formatted(outcome));
    }
  }

  @Test
  void aFailedOrLaterReleaseIsNoExcuse() {
    invalid(
        RULE,
        "granted-too-early",
        """
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        1100 p0@h1 invoke release
        1105 p0@h1 fail   release !not held
        1110 p1@h2 invoke acquire
        1120 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        1130 p0@h1 invoke release
        1140 p0@h1 ok     release {"token":41}
        """);
  }

  @Test
  void anUnknownReleaseOfAnOlderLeaseIsNoExcuse() {
    invalid(
        RULE,
        "granted-too-early",
        """
         100 p0@h1 invoke release
         110 p0@h1 info   release !timeout
        1000 p2@h1 invoke acquire
        1010 p2@h1 ok     acquire {"token":41,"ttl":1000000000}
        1110 p1@h2 invoke acquire
        1120 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void anUnknownReleaseAfterAnUnknownAcquireMayBeOurs() {
    valid(
        RULE,
        1,
        """
          90 p0@h1 invoke acquire
          95 p0@h1 info   acquire !timeout       # may have been granted 41
         100 p2@h1 invoke release
         110 p2@h1 info   release !timeout       # may land late
        1000 p3@h1 invoke acquire
        1010 p3@h1 ok     acquire {"token":41,"ttl":1000000000}
        1110 p1@h2 invoke acquire
        1120 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void anUnknownAcquireDoesNotBlindTheRule() {
    // Whatever shows token 42 proves that it had been granted by then; here a self-check does.
    invalid(
        RULE,
        "granted-too-early",
        """
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        1100 p1@h2 invoke acquire
        1200 p1@h2 info   acquire !timeout
        1300 p2@h2 invoke held?
        1310 p2@h2 ok     held? {"held":true,"token":42}
        """);
  }

  @Test
  void theServersEventStandsWhereAReturnMay() {
    invalid(
        RULE,
        "granted-too-early",
        """
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        1500 server event granted {"holder":"h2","token":42,"ttl":1000000000}
        """);
  }

  @Test
  void theSameHolderMayBeGrantedAnew() {
    valid(
        RULE,
        0,
        """
        1000 p0@h1 invoke acquire
        1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
        1100 h1#2 event started {"pid":7}
        1110 p1@h1 invoke acquire
        1120 p1@h1 ok     acquire {"token":42,"ttl":1000000000}
        """);
  }

  @Test
  void oneGrantAloneIsNothingExamined() {
    valid(RULE, 0, "p0@h1 invoke acquire\np0@h1 ok acquire {\"token\":41,\"ttl\":1000000000}");
  }
}
