package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is judged again by trying all orders, and what cannot be. */
final class RecheckTest {
  private static List<Operation> read(int value) {
    return History.parse(
            """
            p0 invoke write 1
            p0 ok     write
            p1 invoke read
            p1 ok     read %d
            """
                .formatted(value))
        .operations();
  }

  @Test
  void aWitnessThatHasAnOrderIsNone() {
    assertThat(Recheck.isOrdered(Map.of("model", "register"), read(1))).isTrue();
    assertThat(Recheck.isOrdered(Map.of("model", "register"), read(2))).isFalse();
    assertThat(Recheck.isOrdered(Map.of("model", "register", "init", 2L), read(1))).isTrue();
  }

  @Test
  void aModelOfOnesOwnIsNotJudgedAgain() {
    assertThat(Recheck.isOrdered(Map.of(), read(1))).isFalse();
  }

  @Test
  void aStepThatNoLongerAsksIsNoOperation() {
    List<Step> steps = StepModel.REGISTER.steps(read(1), null, Budget.standard());
    Map<String, String> params = Map.of("model", "register");
    assertThat(Recheck.isOrderedSteps(params, steps, steps)).isTrue();
    List<Step> weaker = List.of(steps.get(0), steps.get(1).forgetNeed());
    assertThat(Recheck.isOrderedSteps(params, steps, weaker)).isFalse();
  }
}
