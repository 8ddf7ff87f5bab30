package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Witness;
import org.junit.jupiter.api.Test;

final class ResourceOrderTest {
  private static final String RULE = "fence.resource-order";

  private static final String TWO_WRITES =
      """
      p0@h1 invoke write "a"
      p0@h1 ok     write {"token":41,"position":0}
      p1@h2 invoke write "b"
      p1@h2 ok     write {"token":42,"position":1}
      """;

  @Test
  void tokensThatNeverDecrease() {
    valid(
        RULE,
        3,
        TWO_WRITES
            + """
            p9@log invoke read
            p9@log ok     read [[41,"h1","a"],[42,"h2","b"],[42,"h2","unknown outcome"]]
            """);
  }

  @Test
  void anOlderTokenAfterANewerOneIsVisibleInAcknowledgementsAlone() {
    Witness witness =
        invalid(
            RULE,
            "older-token",
            """
             9812 p0@h2 invoke acquire
             9813 p0@h2 ok     acquire {"token":41,"ttl":2000000000}
            10100 p0@h2 invoke write "h2-90"
            12020 p1@h3 invoke acquire
            12021 p1@h3 ok     acquire {"token":42,"ttl":2000000000}
            12031 p1@h3 invoke write "h3-77"
            12041 p1@h3 ok     write {"token":42,"position":311}
            13105 p0@h2 ok     write {"token":41,"position":312}   # no final read is needed
            """);
    assertThat(witness.sentence())
        .isEqualTo("The log took a write with token 41 after it had taken one with token 42.");
    assertThat(witness.steps())
        .extracting(Witness.Step::text)
        .containsExactly(
            "acquire token 41 for 2 s",
            "append 41 \"h2-90\" ok, position 312",
            "acquire token 42 for 2 s",
            "append 42 \"h3-77\" ok, position 311");
    assertThat(witness.steps().get(1).remark()).isEqualTo("older token after a newer one");
  }

  @Test
  void aStaleWriteOfUnknownOutcomeShowsInTheLog() {
    Witness witness =
        invalid(
            RULE,
            "older-token",
            """
            p0@h1 invoke write "a"
            p0@h1 info   write !timeout
            p1@h2 invoke write "b"
            p1@h2 ok     write {"token":42,"position":0}
            p9@log invoke read
            p9@log ok     read [[42,"h2","b"],[41,"h1","a"]]
            """);
    assertThat(witness.steps().get(witness.steps().size() - 1).text())
        .isEqualTo("shows append 41 \"a\", position 1");
  }

  @Test
  void clientsTimeDoesNotMatter() {
    valid(
        RULE,
        2,
        """
        p1@h2 invoke write "b"
        p0@h1 invoke write "a"
        p1@h2 ok     write {"token":42,"position":1}
        p0@h1 ok     write {"token":41,"position":0}   # returned later, taken earlier
        p9@log invoke read
        p9@log ok     read [[41,"h1","a"],[42,"h2","b"]]
        """);
  }

  @Test
  void anEmptyLogIsNotInOrder() {
    invalid(RULE, "acknowledged-missing", TWO_WRITES + "p9@log invoke read\np9@log ok read []");
  }

  @Test
  void somethingElseAtAnAcknowledgedPosition() {
    for (String row : new String[] {"[41,\"h1\",\"c\"]", "[40,\"h1\",\"a\"]"}) {
      invalid(
          RULE,
          "acknowledged-missing",
          TWO_WRITES + "p9@log invoke read\np9@log ok read [%s,[42,\"h2\",\"b\"]]".formatted(row));
    }
  }

  @Test
  void onePositionAcknowledgedTwice() {
    invalid(
        RULE,
        "position-twice",
        """
        p0@h1 invoke write "a"
        p0@h1 ok     write {"token":41,"position":0}
        p1@h1 invoke write "b"
        p1@h1 ok     write {"token":41,"position":0}
        """);
  }

  @Test
  void withoutAFinalReadItIsUnknown() {
    assertThat(unknown(RULE, TWO_WRITES)).contains("2 acknowledged, in order so far");
    unknown(RULE, TWO_WRITES + "p9@log invoke read\np9@log fail read !unreachable");
    unknown(RULE, "p9@log invoke read\np9@log ok read []\n" + TWO_WRITES);
  }

  @Test
  void aWriteDuringTheReadMayBeMissingFromItButNotContradictIt() {
    unknown(
        RULE,
        """
        p9@log invoke read
        p0@h1 invoke write "a"
        p0@h1 ok     write {"token":41,"position":0}
        p9@log ok     read []
        """);
    invalid(
        RULE,
        "acknowledged-missing",
        """
        p9@log invoke read
        p0@h1 invoke write "a"
        p0@h1 ok     write {"token":41,"position":0}
        p9@log ok     read [[41,"h1","other"]]
        """);
  }

  @Test
  void anEntryOfAnotherShapeIsUnknown() {
    assertThat(unknown(RULE, "p9@log invoke read\np9@log ok read [7]")).contains("position 0 is 7");
  }

  @Test
  void anEmptyLogOfARunWithoutWritesIsNothingExamined() {
    valid(RULE, 0, "p9@log invoke read\np9@log ok read []");
  }
}
