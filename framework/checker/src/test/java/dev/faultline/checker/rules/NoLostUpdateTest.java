package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;

import org.junit.jupiter.api.Test;

final class NoLostUpdateTest {
  private static final String RULE = "counter.no-lost-update";

  private static final String TWO =
      """
      p0 invoke increment
      p0 ok     increment {"from":0,"to":1}
      p1 invoke increment
      p1 ok     increment {"from":1,"to":2}
      """;

  @Test
  void everyIncrementIsThere() {
    valid(RULE, 2, TWO + "p2 invoke read\np2 ok read 2");
  }

  @Test
  void anUnknownIncrementMayBeThereOrNot() {
    for (int value : new int[] {2, 3}) {
      valid(
          RULE,
          2,
          TWO
              + "p3 invoke increment\np3 info increment !timeout\n"
              + "p2 invoke read\np2 ok read %d".formatted(value));
    }
  }

  @Test
  void twoIncrementsToOneValueNeedNoFinalRead() {
    invalid(
        RULE,
        "written-twice",
        """
        p0 invoke increment
        p1 invoke increment
        p0 ok     increment {"from":7,"to":8}
        p1 ok     increment {"from":7,"to":8}
        """);
  }

  @Test
  void anIncrementThatFoundLessThanWasAcknowledged() {
    invalid(
        RULE,
        "went-back",
        """
        p0 invoke increment
        p0 ok     increment {"from":7,"to":8}
        p0 invoke increment
        p0 ok     increment {"from":8,"to":9}
        p1 invoke increment
        p1 ok     increment {"from":6,"to":7}
        """);
  }

  @Test
  void aStaleWriteOfUnknownOutcomeAtTheEnd() {
    invalid(RULE, "went-back", TWO + "p2 invoke read\np2 ok read 1      # overwritten by somebody");
  }

  @Test
  void fewerThanWereAcknowledged() {
    invalid(
        RULE,
        "too-few",
        """
        p0 invoke increment
        p1 invoke increment
        p2 invoke increment
        p0 ok     increment {"from":0,"to":1}
        p1 ok     increment {"from":1,"to":2}
        p2 ok     increment {"from":-1,"to":0}
        p3 invoke read
        p3 ok     read 2
        """);
  }

  @Test
  void concurrentIncrementsMayReturnInAnyOrder() {
    valid(
        RULE,
        2,
        """
        p0 invoke increment
        p1 invoke increment
        p1 ok     increment {"from":1,"to":2}
        p0 ok     increment {"from":0,"to":1}
        p2 invoke read
        p2 ok     read 2
        """);
  }

  @Test
  void withoutAFinalReadItIsUnknown() {
    unknown(RULE, TWO);
    unknown(RULE, TWO + "p2 invoke read\np2 info read !timeout");
  }

  @Test
  void nothingAcknowledgedIsNothingExamined() {
    valid(RULE, 0, "p2 invoke read\np2 ok read 0");
  }
}
