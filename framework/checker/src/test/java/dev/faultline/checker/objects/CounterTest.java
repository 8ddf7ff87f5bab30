package dev.faultline.checker.objects;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.objects.Histories.fail;
import static dev.faultline.checker.objects.Histories.info;
import static dev.faultline.checker.objects.Histories.invoke;
import static dev.faultline.checker.objects.Histories.ok;
import static dev.faultline.checker.objects.Histories.returns;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code counter.within-bounds} and {@code ids.unique}. */
final class CounterTest {
  private static final String RULE = "counter.within-bounds";
  private static final String IDS = "ids.unique";

  private static final String THREE = ok("p0", "add", "1", "") + ok("p1", "add", "2", "");

  private static String read(int value) {
    return ok("p9", "read", "", Integer.toString(value));
  }

  @Test
  void whatWasAcknowledgedCountsAndWhatIsUnknownMay() {
    valid(RULE, 1, THREE + read(3));
    valid(RULE, 1, THREE + info("p2", "add", "4") + read(3));
    valid(RULE, 1, THREE + info("p2", "add", "4") + read(7));
    valid(RULE, 1, THREE + fail("p2", "add", "4") + read(3));
  }

  @Test
  void tooLittleAndTooMuch() {
    assertThat(invalid(RULE, "too-small", THREE + read(2)).sentence())
        .isEqualTo("The counter showed 2 when at least 3 had been added.");
    invalid(RULE, "too-large", THREE + read(4));
    invalid(RULE, "too-large", THREE + fail("p2", "add", "4") + read(7));
    invalid(RULE, "too-large", THREE + info("p2", "add", "4") + read(8));
    invalid(RULE, "too-large", read(3) + THREE + read(3));
  }

  @Test
  void amountsBelowNothingHaveBoundsOfTheirOwn() {
    String less = THREE + info("p2", "add", "-2");
    valid(RULE, 2, less + read(1) + read(3));
    invalid(RULE, "too-small", less + read(0));
    invalid(RULE, "too-large", THREE + ok("p2", "add", "-2", "") + read(3));
    // Sums of all would allow 3 here: one unknown addition and one unknown subtraction.
    valid(RULE, 1, THREE + info("p2", "add", "-2") + info("p3", "add", "2") + read(5));
  }

  @Test
  void aReadSeesWhatIsConcurrentOrNot() {
    for (int value : new int[] {0, 1}) {
      valid(
          RULE,
          2,
          invoke("p9", "read", "")
              + ok("p0", "add", "1", "")
              + returns("p9", "read", Integer.toString(value))
              + read(1));
    }
  }

  @Test
  void withoutAReadAfterTheLastAddItIsUnknown() {
    unknown(RULE, THREE);
    unknown(RULE, invoke("p9", "read", "") + THREE + returns("p9", "read", "3"));
    valid(RULE, 0, info("p0", "add", "1"));
  }

  @Test
  void countersOfDifferentKeysAreDifferent() {
    String keyed = ok("p0", "add", "key=k1 1", "key=k1") + ok("p0", "read", "key=k2", "key=k2 0");
    valid(RULE, 2, keyed + ok("p0", "read", "key=k1", "key=k1 1"));
    assertThat(unknown(RULE, keyed)).contains("no ok read");
  }

  @Test
  void anIdIsGivenOutOnce() {
    String two = ok("p0", "generate", "", "1") + ok("p1", "generate", "", "\"1\"");
    valid(IDS, 2, two);
    assertThat(invalid(IDS, "twice", two + ok("p0", "generate", "", "1")).steps()).hasSize(2);
    valid(IDS, 1, ok("p0", "generate", "", "7") + info("p1", "generate", ""));
  }
}
