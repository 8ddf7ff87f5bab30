package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;

import org.junit.jupiter.api.Test;

final class OneHolderPerTokenTest {
  private static final String RULE = "lease.one-holder-per-token";

  @Test
  void twoNodesWithOneToken() {
    invalid(
        RULE,
        "two-holders",
        """
        p0@h1 invoke acquire
        p0@h1 info   acquire !timeout
        p2@h1 invoke held?
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":41,"ttl":1000}
        p2@h1 ok     held? {"held":true,"token":41}
        """);
  }

  @Test
  void aRetriedAcquireByANewProcessIsTheSameHolder() {
    valid(
        RULE,
        1,
        """
        p0@h1 invoke acquire
        p0@h1 info   acquire !timeout
        p2@h1 invoke acquire
        p2@h1 ok     acquire {"token":41,"ttl":1000}
        p2@h1 invoke acquire
        p2@h1 ok     acquire {"token":41,"ttl":1000}
        """);
  }

  @Test
  void oneTokenForTwoSessionsOfANode() {
    invalid(
        RULE,
        "two-sessions",
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke release
        p0@h1 ok     release {"token":41}
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        """);
  }

  @Test
  void aLateAnswerOfTheReleasedSessionIsNoSecondSession() {
    valid(
        RULE,
        1,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke held?
        p0@h1 info   held? !timeout
        p2@h1 invoke acquire
        p3@h1 invoke release
        p3@h1 ok     release {"token":41}
        p2@h1 ok     acquire {"token":41,"ttl":1000}   # asked before the release
        """);
  }

  @Test
  void theServersOwnWordCounts() {
    invalid(
        RULE,
        "two-holders",
        """
        server event granted {"holder":"h1","token":41,"ttl":1000}
        server event granted {"holder":"h2","token":41,"ttl":1000}
        """);
  }

  @Test
  void theServerMayNameHoldersInItsOwnWay() {
    valid(
        RULE,
        1,
        """
        server event granted {"holder":"session-7","token":41,"ttl":1000}
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        """);
  }

  @Test
  void twoWritersUnderOneTokenInTheLog() {
    invalid(
        RULE,
        "two-writers",
        """
        p0@log invoke read
        p0@log ok     read [[41,"h1","a"],[41,"h2","b"]]
        """);
  }

  @Test
  void aLogOfAnotherShapeIsUnknown() {
    unknown(RULE, "p0@log invoke read\np0@log ok read [{\"token\":41}]");
  }

  @Test
  void nothingShownIsNothingExamined() {
    valid(RULE, 0, "p0@h1 invoke held?\np0@h1 ok held? {\"held\":false}");
  }
}
