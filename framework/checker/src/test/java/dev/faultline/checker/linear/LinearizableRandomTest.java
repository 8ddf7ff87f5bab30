package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the definition, on many small histories; and on large ones that are good. */
final class LinearizableRandomTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261125);
  private static final int ROUNDS = Integer.getInteger("faultline.rounds", 20_000);

  private static Budget budget() {
    return new Budget(Duration.ofMinutes(5), 1_000_000_000);
  }

  @ParameterizedTest
  @EnumSource(StepModel.class)
  void agreesWithTheDefinition(StepModel model) {
    int good = 0;
    int bad = 0;
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history =
          new RandomHistory(
                  model,
                  2 + random.nextInt(4),
                  3 + random.nextInt(6),
                  1,
                  random.nextInt(4),
                  random.nextInt(3) * 0.2,
                  random.nextInt(3) * 0.2)
              .create(seed);
      boolean expected = BruteForce.linearizable(history.operations());
      Verdict verdict = new Linearizable(new StepSubject(model, null)).check(history, budget());
      assertThat(verdict instanceof Verdict.Valid)
          .as(
              "seed %d, definition says %s, verdict %s, %s",
              seed, expected, verdict, history.operations())
          .isEqualTo(expected);
      good += expected ? 1 : 0;
      bad += expected ? 0 : 1;
    }
    System.out.printf("%s: seeds %d…, %d good, %d bad%n", model.id(), SEED, good, bad);
    assertThat(Math.min(good, bad)).isGreaterThan(ROUNDS / 20);
  }

  @ParameterizedTest
  @EnumSource(StepModel.class)
  void aWholeRunIsOrdered(StepModel model) {
    for (long seed = SEED; seed < SEED + 3; seed++) {
      History history = new RandomHistory(model, 10, 20_000, 100, 0, 0.3, 0).create(seed);
      long from = System.nanoTime();
      Verdict verdict = new Linearizable(new StepSubject(model, null)).check(history, budget());
      System.out.printf(
          "%s: seed %d, %d ms%n", model.id(), seed, (System.nanoTime() - from) / 1_000_000);
      assertThat(verdict).as("seed %d", seed).isInstanceOf(Verdict.Valid.class);
    }
  }

  @ParameterizedTest
  @EnumSource(StepModel.class)
  void manyClientsOfOneKeyAreOrdered(StepModel model) {
    History history = new RandomHistory(model, 25, 3_000, 1, 0, 0.02, 0).create(SEED);
    long from = System.nanoTime();
    assertThat(new Linearizable(new StepSubject(model, null)).check(history, budget()))
        .as("seed %d", SEED)
        .isInstanceOf(Verdict.Valid.class);
    System.out.printf(
        "%s, 25 processes: %d ms%n", model.id(), (System.nanoTime() - from) / 1_000_000);
  }
}
