package dev.faultline.checker.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code live.progress}: served in time after the heal, or not. */
final class LiveProgressTest {
  private static final String HEAL =
      "1000 harness event phase {\"name\":\"progress\",\"healed\":[\"n1\",\"n2\"],"
          + "\"serving\":[\"n1\",\"n2\"]}\n";

  private static Verdict check(boolean everyNode, String text) {
    LiveProgress rule =
        new LiveProgress(Duration.ofSeconds(2).toNanos(), everyNode, List.of("write"));
    return rule.check(
        History.parse(text), new Budget(Duration.ofSeconds(5), Runtime.getRuntime().maxMemory()));
  }

  private static String clause(Verdict verdict) {
    return verdict instanceof Verdict.Invalid invalid ? invalid.clause() : verdict.toString();
  }

  @Test
  void withoutTheDemandNothingIsExamined() {
    assertThat(check(true, "100 p0@n1 invoke write 1\n")).isEqualTo(new Verdict.Valid(0));
  }

  @Test
  void whoIsServedBeforeTheHealOrTooLateIsNotServed() {
    String early = "100 p0@n1 invoke write 1\n200 p0@n1 ok write 1\n";
    String late = "1500 p0@n1 invoke write 2\n3001 p0@n1 ok write 2\n";
    String inTime = "1500 p1@n2 invoke write 3\n3000 p1@n2 ok write 3\n";
    assertThat(clause(check(false, early + HEAL + late))).isEqualTo("not-served");
    assertThat(check(false, early + HEAL + inTime)).isEqualTo(new Verdict.Valid(1));
  }

  @Test
  void whereEachNodeServesItsOwnOneIsNotEnough() {
    String first = "1500 p0@n1 invoke write 1\n1600 p0@n1 ok write 1\n";
    String second = "1700 p1@n2 invoke write 2\n1800 p1@n2 info write 2\n";
    Verdict verdict = check(true, HEAL + first + second);
    assertThat(clause(verdict)).isEqualTo("not-served");
    assertThat(((Verdict.Invalid) verdict).witness().sentence())
        .isEqualTo("Within 2 s of the heal no write at n2 succeeded.");
    assertThat(check(false, HEAL + first + second)).isEqualTo(new Verdict.Valid(1));
  }
}
