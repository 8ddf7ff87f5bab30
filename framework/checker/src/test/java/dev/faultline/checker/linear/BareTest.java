package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bare checker says the same, and shows nothing. */
final class BareTest {
  private static Verdict check(Checker checker, String text) {
    return Linearizability.bare(checker).check(History.parse(text), Budget.standard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"register", "cas-register", "cas-register-observing"})
  void verdictsAreTheSameWithoutEvidence(String model) {
    Checker checker = Checkers.create("linearizable", Map.of("model", model));
    String good =
        """
        p0 invoke write 1
        p0 ok     write
        p1 invoke read
        p1 ok     read  1
        """;
    assertThat(check(checker, good)).isEqualTo(new Verdict.Valid(2));
    Verdict bad = check(checker, good.replace("read  1", "read  2"));
    assertThat(bad)
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> {
              assertThat(invalid.clause()).isEqualTo("no-order");
              assertThat(invalid.witness().steps()).isEmpty();
              assertThat(invalid.witness().sentence()).contains("entry 3");
            });
  }
}
