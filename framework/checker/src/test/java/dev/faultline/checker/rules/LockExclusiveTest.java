package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Witness;
import org.junit.jupiter.api.Test;

final class LockExclusiveTest {
  private static final String RULE = "lock.exclusive";

  private static final String A = done("p0", "acquire", "");
  private static final String B = done("p1", "acquire", "");

  private static String done(String who, String f, String output) {
    return "%s invoke %s\n%s ok %s %s\n".formatted(who, f, who, f, output);
  }

  private static String held(String who, boolean yes) {
    return done(who, "held?", "{\"held\":" + yes + "}");
  }

  @Test
  void holdersOneAfterTheOther() {
    valid(RULE, 2, A + held("p0", true) + done("p0", "release", "") + B + held("p1", true));
  }

  @Test
  void twoHold() {
    Witness witness = invalid(RULE, "two-believe", A + B + held("p0", true) + held("p1", true));
    assertThat(witness.sentence())
        .contains("process 0 and process 1 both believed", "acquisitions 1 and 2");
    assertThat(witness.steps()).hasSize(4);
  }

  @Test
  void aReleaseThatTheServerTookProvesTheHold() {
    invalid(RULE, "two-believe", A + B + done("p0", "release", "") + held("p1", true));
  }

  @Test
  void aReleaseThatFailedProvesNothing() {
    valid(RULE, 1, A + B + "p0 invoke release\np0 fail release !not held\n" + held("p1", true));
  }

  /** A holder that died may be followed; so may one whose lock ran out and that says so. */
  @Test
  void whoDoesNotBelieveHoldsNothing() {
    valid(RULE, 1, A + B + held("p0", false) + held("p1", true));
    valid(RULE, 1, A + "p0 invoke held?\n" + B + held("p1", true) + "p0 info held? !timeout\n");
  }

  @Test
  void aYesThatCameLateCountsFromItsInvocation() {
    valid(
        RULE, 2, A + "p0 invoke held?\n" + B + held("p1", true) + "p0 ok held? {\"held\":true}\n");
  }

  @Test
  void aNewProcessDoesNotHoldWhatTheOldOneHeld() {
    valid(RULE, 2, A + held("p0", true) + B + held("p2", true) + held("p1", true));
  }

  @Test
  void locksOfDifferentKeysAreDifferent() {
    String other = (B + held("p1", true)).replaceAll("(acquire|held\\?)", "$1 key=l2");
    valid(
        RULE,
        2,
        A.replaceAll("acquire", "acquire key=l1")
            + other
            + held("p0", true).replaceAll("held\\?", "held? key=l1")
            + held("p1", true).replaceAll("held\\?", "held? key=l2"));
  }
}
