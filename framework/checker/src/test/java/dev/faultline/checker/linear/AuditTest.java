package dev.faultline.checker.linear;

import static dev.faultline.checker.Judge.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A violation that rests on claims that operations failed says so, and on which. */
final class AuditTest {
  private static Witness invalid(String model, String history) {
    Verdict verdict = judge("linearizable", Map.of("model", model), history);
    assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Invalid.class);
    return ((Verdict.Invalid) verdict).witness();
  }

  @Test
  void theOneRefusedWriteThatSomebodyReadIsNamed() {
    Witness witness =
        invalid(
            "register",
            """
            p0 invoke write key=x 1
            p0 fail   write key=x !timeout
            p1 invoke write key=x 2
            p1 fail   write key=x !timeout
            p2 invoke read key=x
            p2 ok     read key=x 1
            """);
    assertThat(witness.sentence())
        .endsWith(
            "This rests on the claim that one operation failed: if it took effect after all, there"
                + " is an order.");
    assertThat(witness.steps())
        .filteredOn(s -> "if it took effect after all, there is an order".equals(s.remark()))
        .extracting(Witness.Step::text)
        .containsExactly("write x 1, fail: timeout");
  }

  @Test
  void aViolationThatStandsAnywaySaysNothingOfThem() {
    Witness witness =
        invalid(
            "register",
            """
            p0 invoke write key=x 1
            p0 fail   write key=x !timeout
            p2 invoke read key=x
            p2 ok     read key=x 7
            """);
    assertThat(witness.sentence()).doesNotContain("rests on");
  }

  @Test
  void whatTheServerAnsweredIsToldApart() {
    Witness witness =
        invalid(
            "cas-register-observing",
            """
            p0 invoke write 1
            p0 ok     write
            p1 invoke cas [1,2]
            p1 fail   cas !mismatch
            """);
    assertThat(witness.sentence())
        .contains("This rests on the server's answer that one operation failed");
  }

  @Test
  void aShareOfABudgetEndsWithIt() {
    Budget whole = new Budget(Duration.ofMinutes(1), 1_000);
    Budget share = whole.share(Duration.ofSeconds(30));
    assertThat(share.exhausted(0)).isNull();
    assertThat(share.exhausted(2_000)).contains("memory");
    whole.cancel();
    assertThat(share.exhausted(0)).isEqualTo("cancellation");
    assertThat(new Budget(Duration.ZERO, 1_000).share(Duration.ofMinutes(1)).exhausted(0))
        .isEqualTo("time budget of 0 ms");
  }

  @Test
  void otherModelsAreAuditedToo() {
    Witness witness =
        invalid(
            "queue",
            """
            p0 invoke enqueue 5
            p0 fail   enqueue !timeout
            p1 invoke dequeue
            p1 ok     dequeue 5
            """);
    assertThat(witness.sentence())
        .startsWith("Dequeue → 5 by process 1: nobody had put that there by then.")
        .contains("This rests on the claim that one operation failed");
  }
}
