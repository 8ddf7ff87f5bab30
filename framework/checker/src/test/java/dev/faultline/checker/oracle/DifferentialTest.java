package dev.faultline.checker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code linearizable} against the definition, on small histories of all models. */
final class DifferentialTest {
  private static final long SEED = Long.getLong("faultline.seed", 1);
  private static final int HISTORIES = Integer.getInteger("faultline.rounds", 26_000);

  @Test
  void theCheckerSaysWhatTheDefinitionSays() {
    Differential differential = new Differential(SEED, null).withChecker();
    differential.run(0, HISTORIES, () -> false);
    assertThat(differential.disagreements()).isEmpty();
    for (Map.Entry<String, Differential.Count> e : differential.counts().entrySet()) {
      Differential.Count count = e.getValue();
      double share = (double) count.ordered() / count.histories();
      System.out.printf(
          "%s: %,d histories of seed %d, %.0f%% linearizable%n",
          e.getKey(), count.histories(), SEED, 100 * share);
      assertThat(share).as(e.getKey()).isBetween(0.2, 0.8);
      assertThat(count.skipped()).as(e.getKey()).isLessThan(count.histories() / 100);
    }
  }

  @Test
  void theSameSeedMakesTheSameHistories() {
    for (Toy toy : Toys.all()) {
      for (long n = 0; n < 20; n++) {
        assertThat(Row.told(new Samples(toy, SEED, 3).sample(n).rows()))
            .isEqualTo(Row.told(new Samples(toy, SEED, 3).sample(n).rows()));
      }
    }
  }

  /** A checker that errs is told of. */
  @Test
  void whatIsWrongIsFound() {
    Differential differential =
        new Differential(SEED, "queue")
            .with("linearizable", params -> history -> new Verdict.Unknown("lazy", ""));
    differential.run(0, 5, () -> false);
    assertThat(differential.disagreed()).isEqualTo(5);
    assertThat(differential.disagreements().get(0)).contains("model=queue", "lazy");
  }
}
