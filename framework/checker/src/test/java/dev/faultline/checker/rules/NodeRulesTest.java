package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code leader.one-per-term}, {@code log.no-divergent-commit} and {@code node.no-crash}. */
final class NodeRulesTest {
  @Test
  void twoNodesLeadInOneTermAtWhateverTimes() {
    invalid(
        "leader.one-per-term",
        "two-leaders",
        """
        1000 n1 event leader {"term":4}
        2000 n2 event leader {"term":5}
        9000 n3 event leader {"term":4}
        """);
  }

  @Test
  void aRestartedNodeMayResumeItsTerm() {
    valid(
        "leader.one-per-term",
        2,
        """
        n1 event leader {"term":4}
        n1#2 event leader {"term":4}
        """);
  }

  @Test
  void aNodesTermsNeverDecrease() {
    invalid(
        "leader.one-per-term",
        "term-decreased",
        """
        n1 event leader {"term":4}
        n1#2 event leader {"term":3}
        """);
  }

  @Test
  void eventsOfANodeAreOrderedByIncarnation() {
    // The first incarnation's line is seen late.
    valid(
        "leader.one-per-term",
        2,
        """
        n1#2 event leader {"term":4}
        n1 event leader {"term":3}
        """);
  }

  @Test
  void twoValuesCommittedAtOneIndex() {
    invalid(
        "log.no-divergent-commit",
        "two-values",
        """
        n1 event committed {"index":1,"value":"a"}
        n2 event committed {"index":1,"value":"a"}
        n1 event committed {"index":2,"value":"b"}
        n2 event committed {"index":2,"value":"c"}
        """);
  }

  @Test
  void aNodeMayNotCommitAnotherValueAfterARestart() {
    invalid(
        "log.no-divergent-commit",
        "two-values",
        """
        n1 event committed {"index":1,"value":"a"}
        n1#2 event committed {"index":1,"value":"b"}
        """);
  }

  @Test
  void oneLogAPrefixOfTheOther() {
    valid(
        "log.no-divergent-commit",
        1,
        """
        n1 event committed {"index":1,"value":"a"}
        n1 event committed {"index":2,"value":"b"}
        n2 event committed {"index":1,"value":"a"}
        """);
    valid("log.no-divergent-commit", 0, "n1 event committed {\"index\":1,\"value\":\"a\"}");
  }

  @Test
  void aNodeThatEndsUnasked() {
    assertThat(
            invalid(
                    "node.no-crash",
                    "crashed",
                    """
                    n1 event started {"pid":7}
                    2500 n1 event crashed {"why":"exit code 134"}
                    """)
                .sentence())
        .isEqualTo("n1 ended by itself at 2.500: exit code 134.");
  }

  @Test
  void aNodeThatAFaultKilledDidNotCrash() {
    valid(
        "node.no-crash",
        2,
        """
        n1 event started {"pid":7}
        f1 kill start {"node":"n1"}
        f1 kill effect {"node":"n1"}
        n1#2 event started {"pid":8}
        """);
    valid("node.no-crash", 0, "p0 invoke read\np0 ok read 1");
  }
}
