package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Nothing depends on how many threads there are. */
final class ParallelTest {
  @Test
  void whatComesAfterTheFirstEndIsNotTold() {
    for (int threads = 1; threads < 5; threads++) {
      for (int round = 0; round < 200; round++) {
        int end = round % 9;
        List<Integer> results =
            Parallel.upTo(12, threads, i -> i == end || i == end + 2, i -> i).stream()
                .map(Objects::requireNonNull)
                .toList();
        assertThat(results).hasSize(end + 1).last().isEqualTo(end);
      }
    }
  }

  @Test
  void theFirstFailureIsThrownUnlessItComesAfterTheEnd() {
    for (int threads = 1; threads < 5; threads++) {
      int count = threads;
      assertThat(Parallel.<Integer>upTo(9, count, i -> i == 3, ParallelTest::oddAfterFour))
          .hasSize(4);
      assertThatThrownBy(() -> Parallel.upTo(9, count, i -> i == 8, ParallelTest::oddAfterFour))
          .hasMessage("5");
    }
  }

  private static Integer oddAfterFour(int i) {
    if (i > 4 && i % 2 == 1) {
      throw new IllegalStateException(String.valueOf(i));
    }
    return i;
  }

  @Test
  void theVerdictIsThatOfTheFirstBadKey() {
    History history =
        new RandomHistory(StepModel.CAS_REGISTER, 8, 4_000, 40, 3, 0.02, 0.002).create(20261126);
    Linearizable checker = new Linearizable(new StepSubject(StepModel.CAS_REGISTER, null));
    Verdict one = checker.check(history, new Budget(Duration.ofMinutes(1), 1L << 30));
    assertThat(one).isInstanceOf(Verdict.Invalid.class);
    for (int threads = 2; threads < 5; threads++) {
      assertThat(checker.check(history, new Budget(Duration.ofMinutes(1), 1L << 30, threads)))
          .isEqualTo(one);
    }
  }
}
