package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class OrderVerifierTest {
  private static final History HISTORY =
      History.parse(
          """
          p0 invoke write 1
          p0 ok     write
          p1 invoke cas [1,2]
          p2 invoke read
          p1 ok     cas
          p2 ok     read 1
          p3 invoke write 9
          p3 fail   write !refused
          p4 invoke write 7
          p4 info   write !timeout
          """);

  private static String problem(int... ids) {
    List<Operation> order = new ArrayList<>();
    Arrays.stream(ids).forEach(id -> order.add(HISTORY.operations().get(id)));
    return String.valueOf(
        OrderVerifier.problem(
            StepModel.CAS_REGISTER, null, HISTORY.operations(), order, Budget.standard()));
  }

  @Test
  void aRightOrderHasNoProblem() {
    assertThat(problem(0, 2, 1)).isEqualTo("null");
    assertThat(problem(0, 2, 1, 4)).isEqualTo("null");
  }

  @Test
  void everyWayToBeWrongIsNamed() {
    assertThat(problem(0, 1, 2)).contains("operation 2, read, does not fit");
    assertThat(problem(2, 0, 1)).contains("operation 2, read, does not fit");
    assertThat(problem(0, 2)).contains("operation 1 took effect and is not placed");
    assertThat(problem(0, 2, 2, 1)).contains("placed twice");
    assertThat(problem(0, 2, 1, 3)).contains("failed");
    assertThat(problem(4, 0, 2, 1)).contains("operation 0 stands after one invoked after");
  }

  @Test
  void mutantsOfRightOrdersAreRejected() {
    long seed = Long.getLong("faultline.seed", 20261125);
    SplittableRandom random = new SplittableRandom(seed);
    for (StepModel model : StepModel.values()) {
      History history = new RandomHistory(model, 4, 60, 1, 0, 0.1, 0).create(seed);
      Linearizer.Answer answer =
          Portfolio.search(steps(model, history), Budget.standard(), Long.MAX_VALUE);
      List<Operation> order = ((Linearizer.Answer.Ordered) answer).order();
      assertThat(OrderVerifier.problem(model, null, history.operations(), order, Budget.standard()))
          .isNull();
      for (int i = 0; i < 200; i++) {
        List<Operation> mutant = new ArrayList<>(order);
        int at = random.nextInt(mutant.size());
        Operation moved = mutant.remove(at);
        if (!moved.ok()) {
          continue;
        }
        if (random.nextBoolean()) {
          // So far that it passes one that had returned before, or began after.
          mutant.add((at + order.size() / 2) % order.size(), moved);
        }
        assertThat(
                OrderVerifier.problem(model, null, history.operations(), mutant, Budget.standard()))
            .as("%s, seed %d: %s moved or dropped", model, seed, moved)
            .isNotNull();
      }
    }
  }

  private static List<Step> steps(StepModel model, History history) {
    return model.steps(history.operations(), null, Budget.standard());
  }
}
