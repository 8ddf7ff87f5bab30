package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.history.History;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OrphansTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261126);
  private static final int ROUNDS = 4_000;

  /** Whatever is called an orphan has no place, as the search finds too; and many are found. */
  @ParameterizedTest
  @EnumSource(
      value = StepModel.class,
      names = {"REGISTER", "CAS_REGISTER"})
  void theSearchAgrees(StepModel model) {
    int bad = 0;
    int orphans = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long seed = SEED + i;
      History history =
          new RandomHistory(model, 2 + i % 4, 5 + i % 30, 1, 2 + i % 4, 0.15, 0.1).create(seed);
      List<Step> steps = model.steps(history.operations(), null, Budget.standard());
      Answer searched = Portfolio.search(steps, Budget.standard(), Long.MAX_VALUE);
      // As if crashed calls could take effect again and again, is no more than a shorter way.
      assertThat(new Portfolio().decide(steps, Budget.standard(), Long.MAX_VALUE))
          .as("seed %d", seed)
          .hasSameClassAs(searched);
      Step orphan = Orphans.first(steps);
      bad += searched instanceof Answer.Stuck ? 1 : 0;
      orphans += orphan == null ? 0 : 1;
      if (orphan != null) {
        assertThat(searched)
            .as("seed %d: %s", seed, orphan)
            .isInstanceOfSatisfying(
                Answer.Stuck.class,
                stuck ->
                    assertThat(stuck.last().returned())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(orphan.returned()));
      }
    }
    assertThat(orphans).isBetween(bad / 4, bad);
    System.out.printf("%s: %d orphans in %d bad histories%n", model, orphans, bad);
  }

  @Test
  void whatWasSurelyOverwrittenIsNotFoundAgain() {
    assertThat(first("write 1", "write 2", "read 1")).isEqualTo("read 1");
    assertThat(first("write 1", "write 2", "write 1", "read 1")).isNull();
    assertThat(first("read null", "write 1", "read null")).isEqualTo("read null");
    assertThat(first("write 1", "cas [1,2]", "cas [1,3]")).isEqualTo("cas [1, 3]");
  }

  /** A crashed write may take effect late. */
  @Test
  void whatCrashedMayHaveBeenFound() {
    String crashed = "p9 invoke write 1\np9 info write\n";
    assertThat(named(crashed + text("write 1", "write 2", "read 1"))).isNull();
    assertThat(named(text("write 1", "write 2", "read 1") + crashed)).isEqualTo("read 1");
  }

  private static @Nullable String first(String... calls) {
    return named(text(calls));
  }

  private static String text(String... calls) {
    StringBuilder text = new StringBuilder();
    for (String call : calls) {
      String asked = call.startsWith("read") ? "read" : call;
      text.append("p0 invoke ").append(asked).append('\n');
      text.append("p0 ok ").append(call).append('\n');
    }
    return text.toString();
  }

  private static @Nullable String named(String text) {
    Step orphan =
        Orphans.first(
            StepModel.CAS_REGISTER.steps(
                History.parse(text).operations(), null, Budget.standard()));
    if (orphan == null) {
      return null;
    }
    Object value = orphan.op().f().equals("read") ? orphan.op().output() : orphan.op().input();
    return orphan.op().f() + " " + value;
  }
}
