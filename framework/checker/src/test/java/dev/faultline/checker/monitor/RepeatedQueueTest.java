package dev.faultline.checker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.json.JsonView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Queues whose values repeat, against the definition; and a long one, which no search decides. */
final class RepeatedQueueTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261126);
  private static final int ROUNDS = Integer.getInteger("faultline.rounds", 3_000);

  private static Model<?> queue() {
    return Objects.requireNonNull(
        Models.find("queue", JsonView.of("test", Map.of("model", "queue"))));
  }

  private static <S> RandomCalls<S> random(Model<S> model, String... functions) {
    return new RandomCalls<>(
        model, List.of(functions), (state, call) -> Arrays.asList(null, 1L, 2L, 3L, 4L, 5L));
  }

  @Test
  void agreesWithTheDefinition() {
    agrees(queue());
  }

  private static <S> void agrees(Model<S> model) {
    RandomCalls<S> random =
        random(model, "enqueue 1", "enqueue 2", "enqueue 1", "dequeue", "dequeue", "dequeue");
    int good = 0;
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      List<Call> calls = random.create(seed, 3 + (int) (seed % 8), 0, seed % 3 > 0);
      boolean possible = Definition.possible(model, calls);
      good += possible ? 1 : 0;
      Answer answer = RepeatedQueue.decide(calls);
      assertThat(answer)
          .as("seed %d: %s", seed, calls)
          .isInstanceOf(possible ? Answer.Ordered.class : Answer.Impossible.class);
      if (answer instanceof Answer.Ordered ordered) {
        assertThat(Definition.problem(model, calls, ordered.order())).as("seed %d", seed).isNull();
      }
    }
    assertThat(good).isBetween(ROUNDS / 4, ROUNDS - ROUNDS / 10);
  }

  @Test
  void aLongOneIsDecided() {
    RandomCalls<?> random =
        random(
            queue(),
            "enqueue 1",
            "enqueue 2",
            "enqueue 3",
            "enqueue 4",
            "enqueue 5",
            "dequeue",
            "dequeue",
            "dequeue",
            "dequeue");
    for (long seed = SEED; seed < SEED + 5; seed++) {
      assertThat(RepeatedQueue.decide(random.create(seed, 1_000, 0, false)))
          .isInstanceOf(Answer.Ordered.class);
    }
  }
}
