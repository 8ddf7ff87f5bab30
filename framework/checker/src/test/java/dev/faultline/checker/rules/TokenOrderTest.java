package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Witness;
import org.junit.jupiter.api.Test;

final class TokenOrderTest {
  private static final String RULE = "lease.token-order";

  @Test
  void growingTokensAreFine() {
    valid(
        RULE,
        1,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        """);
  }

  @Test
  void aCounterResetByARestartShowsAtTheFirstAcquire() {
    Witness witness =
        invalid(
            RULE,
            "token-not-higher",
            """
            p0@h1 invoke acquire
            p0@h1 ok     acquire {"token":41,"ttl":1000}
            p1@h2 invoke acquire
            p1@h2 ok     acquire {"token":1,"ttl":1000}  # the server forgot its counter
            """);
    assertThat(witness.sentence())
        .isEqualTo("h2 was granted token 1 after h1 had been granted token 41.");
    assertThat(witness.steps()).hasSize(2);
  }

  @Test
  void theSameTokenForAnotherHolderIsNotHigher() {
    invalid(
        RULE,
        "token-not-higher",
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":41,"ttl":1000}
        """);
  }

  @Test
  void askingAgainForTheLeaseOneHasIsNoSecondGrant() {
    valid(
        RULE,
        2,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke release
        p0@h1 info   release !timeout        # may not have landed
        p2@h1 invoke acquire
        p2@h1 ok     acquire {"token":41,"ttl":1000}
        """);
  }

  @Test
  void theSameTokenAfterAnAcknowledgedReleaseIsReused() {
    Witness witness =
        invalid(
            RULE,
            "token-not-higher",
            """
            p0@h1 invoke acquire
            p0@h1 ok     acquire {"token":41,"ttl":1000}
            p0@h1 invoke release
            p0@h1 ok     release {"token":41}
            p0@h1 invoke acquire
            p0@h1 ok     acquire {"token":41,"ttl":1000}
            """);
    assertThat(witness.steps()).hasSize(3);
  }

  @Test
  void concurrentAcquiresMayReturnInAnyOrder() {
    valid(
        RULE,
        0,
        """
        p0@h1 invoke acquire
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        p0@h1 ok     acquire {"token":41,"ttl":1000}   # asked before 42 was seen
        """);
  }

  @Test
  void anUnknownAcquireAccusesNobodyButItsTokenIsSeenLater() {
    invalid(
        RULE,
        "token-not-higher",
        """
        p0@h1 invoke acquire
        p0@h1 info   acquire !timeout
        p2@h1 invoke held?
        p2@h1 ok     held? {"held":true,"token":41}
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":40,"ttl":1000}
        """);
  }

  @Test
  void aGrantThatTheServerReportedCounts() {
    invalid(
        RULE,
        "token-not-higher",
        """
        server event granted {"holder":"h1","token":41,"ttl":1000}
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":40,"ttl":1000}
        """);
  }

  @Test
  void nothingGrantedIsNothingExamined() {
    valid(RULE, 0, "p0@h1 invoke acquire\np0@h1 fail acquire !held by h2");
  }
}
