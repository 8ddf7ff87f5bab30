package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.history.History;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the search, the step that made it impossible too; orders go to {@link OrderVerifier}. */
final class UniqueValuesTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261125);
  private static final int ROUNDS = Integer.getInteger("faultline.rounds", 4_000);

  @ParameterizedTest
  @EnumSource(names = {"REGISTER", "CAS_REGISTER"})
  void agreesWithTheSearch(StepModel model) throws Exception {
    int bad = 0;
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history =
          new RandomHistory(
                  model,
                  2 + random.nextInt(6),
                  3 + random.nextInt(40),
                  1,
                  0,
                  random.nextInt(3) * 0.1,
                  random.nextInt(3) * 0.05)
              .create(seed);
      List<Step> steps = model.steps(history.operations(), null, Budget.standard());
      Answer searched = Portfolio.search(steps, Budget.standard(), Long.MAX_VALUE);
      Answer decided = UniqueValues.decide(steps, Budget.standard());
      switch (decided) {
        case Answer.Ordered ordered -> {
          assertThat(searched).as("seed %d", seed).isInstanceOf(Answer.Ordered.class);
          assertThat(
                  OrderVerifier.problem(
                      model, null, history.operations(), ordered.order(), Budget.standard()))
              .as("seed %d", seed)
              .isNull();
        }
        case Answer.Stuck stuck -> {
          bad++;
          assertThat(searched).as("seed %d, %s", seed, history.operations()).isEqualTo(stuck);
        }
        case null -> throw new AssertionError("seed " + seed + ": each value is written once");
        case Answer.Exhausted exhausted -> throw new AssertionError("seed " + seed);
      }
    }
    assertThat(bad).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(names = {"REGISTER", "CAS_REGISTER"})
  void leavesRepeatedValuesToTheSearch(StepModel model) throws Exception {
    History history = new RandomHistory(model, 3, 40, 1, 2, 0, 0).create(SEED);
    assertThat(
            UniqueValues.decide(
                model.steps(history.operations(), null, Budget.standard()), Budget.standard()))
        .isNull();
  }
}
