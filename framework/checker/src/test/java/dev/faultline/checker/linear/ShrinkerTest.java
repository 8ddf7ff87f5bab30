package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Witnesses are small, follow from the whole, and are bad by the definition. */
final class ShrinkerTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261125);

  private static Budget budget() {
    return new Budget(Duration.ofMinutes(5), 1_000_000_000);
  }

  @ParameterizedTest
  @EnumSource(StepModel.class)
  void whatIsLeftIsFewAndHasNoOrder(StepModel model) {
    int[] sizes = new int[200];
    for (int i = 0; i < sizes.length; i++) {
      History history = bad(model, SEED + i);
      List<Step> full = model.steps(history.operations(), null, Budget.standard());
      Linearizer search = Portfolio::search;
      Answer answer = search.decide(full, budget(), Long.MAX_VALUE);
      assertThat(answer).as("seed %d", SEED + i).isInstanceOf(Answer.Stuck.class);
      Shrinker.Small small =
          new Shrinker(search, budget()).shrink(full, ((Answer.Stuck) answer).last());
      assertThat(Closure.problem(full, small)).as("seed %d", SEED + i).isNull();
      sizes[i] = small.steps().size();
      if (sizes[i] <= 9) {
        assertThat(anyOrder(small.steps(), 0)).as("seed %d: %s", SEED + i, small).isFalse();
      }
    }
    Arrays.sort(sizes);
    System.out.printf(
        "%s: seeds %d…, witness of %d operations in the median, %d at 90%%, %d at most%n",
        model.id(), SEED, sizes[100], sizes[180], sizes[199]);
    // A lock that anybody may release has no values to cut by.
    assertThat(sizes[180]).isLessThanOrEqualTo(model == StepModel.MUTEX ? 60 : 6);
  }

  /** A history of 200 operations with a wrong answer somewhere. */
  private static History bad(StepModel model, long seed) {
    for (long salt = 0; ; salt++) {
      History history =
          new RandomHistory(model, 5, 200, 1, 0, 0.05, 0.03).create(seed * 1_000 + salt);
      if (new Linearizable(new StepSubject(model, null)).check(history, budget())
          instanceof Verdict.Invalid) {
        return history;
      }
    }
  }

  /** The definition, on steps. */
  private static boolean anyOrder(List<Step> left, int state) {
    if (left.stream().noneMatch(Step::must)) {
      return true;
    }
    for (Step next : left) {
      boolean first = left.stream().noneMatch(other -> other.returned() < next.invoked());
      if (first && (next.need() == Step.ANY || next.need() == state)) {
        List<Step> rest = new ArrayList<>(left);
        rest.remove(next);
        if (anyOrder(rest, next.make() == Step.SAME ? state : next.make())) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aCutThatTakesAMakerAwayIsCaught() {
    History history =
        History.parse(
            """
            p0 invoke write 1
            p0 ok     write
            p0 invoke read
            p0 ok     read 1
            p0 invoke write 2
            p0 ok     write
            """);
    List<Step> full = StepModel.REGISTER.steps(history.operations(), null, Budget.standard());
    long end = Operation.NEVER;
    assertThat(Closure.problem(full, new Shrinker.Small(full, null, end))).isNull();
    List<Step> orphan = List.of(full.get(1));
    assertThat(Closure.problem(full, new Shrinker.Small(orphan, null, end)))
        .contains("operation 0 was cut");
    List<Step> stricter = List.of(full.get(0), new Step(full.get(2).op(), 1, 2, true, 4, 5));
    assertThat(Closure.problem(full, new Shrinker.Small(stricter, null, end)))
        .contains("operation 2 was changed");
    // With write 2 as the anchor the first two may go, but not if the read stays.
    List<Step> front = List.of(full.get(2));
    assertThat(Closure.problem(full, new Shrinker.Small(front, full.get(2), end))).isNull();
    List<Step> frontAndRead = List.of(full.get(1), full.get(2));
    assertThat(Closure.problem(full, new Shrinker.Small(frontAndRead, full.get(2), end)))
        .contains("operation 0 was cut");
  }
}
