package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.checker.monitor.Definition;
import dev.faultline.checker.monitor.RandomCalls;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each engine by itself against the definition, on small random histories with repeated values. */
final class EnginesTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261126);
  private static final int ROUNDS = Integer.getInteger("faultline.rounds", 500);

  private static List<@Nullable Object> answers(Object state, Call call) {
    List<@Nullable Object> answers = new ArrayList<>();
    answers.add(null);
    answers.add(false);
    answers.add(true);
    for (long n = 0; n < 4; n++) {
      answers.add(n);
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cas-register-observing: write 1, write 2, write 3, read",
        "map: put 1, put 2, delete, get",
        "queue: enqueue 1, enqueue 2, dequeue, dequeue, peek",
        "stack: push 1, push 2, push 3, pop, pop",
        "deque: push-front 1, push-back 1, push-back 2, pop-front, pop-back",
        "bag: enqueue 1, enqueue 2, dequeue, dequeue",
        "priority-queue: insert 1, insert 2, poll, peek",
        "set: add 1, add 2, remove 1, remove 2, contains 1",
        "owned-mutex: acquire, release",
        "reentrant-mutex: acquire, acquire, release",
        "lease: acquire, renew, release",
        "counter: add 1, add 2, get-and-add 1, read"
      })
  void agreesWithTheDefinition(String kind) {
    String[] parts = kind.split(": ", -1);
    Model<?> model =
        Objects.requireNonNull(
            Models.find(parts[0], JsonView.of("test", Map.of("model", parts[0]))));
    agrees(model, List.of(parts[1].split(", ", -1)));
  }

  private static <S> void agrees(Model<S> model, List<String> functions) {
    RandomCalls<S> random = new RandomCalls<>(model, functions, EnginesTest::answers);
    int good = 0;
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      List<Call> calls = random.create(seed, 3 + (int) (seed % 7), 0.2, seed % 3 > 0);
      boolean possible = Definition.possible(model, calls);
      good += possible ? 1 : 0;
      Calls.Laid laid = Calls.lay(model, calls);
      if (laid.layout().returns.length == 0) {
        continue;
      }
      Search search = new Search(laid.layout(), laid.moves(), false);
      for (Engine engine : List.of(new DepthFirst(search), new BreadthFirst(search))) {
        engine.run(Long.MAX_VALUE);
        int[] order = engine.order();
        assertThat(order != null)
            .as("%s, seed %d: %s", engine.getClass().getSimpleName(), seed, calls)
            .isEqualTo(possible);
        if (order != null) {
          List<Call> ordered = Arrays.stream(order).mapToObj(i -> laid.calls().get(i)).toList();
          assertThat(Definition.problem(model, calls, ordered)).as("seed %d", seed).isNull();
        }
      }
    }
    assertThat(good).isBetween(ROUNDS / 4, ROUNDS - ROUNDS / 100);
  }
}
