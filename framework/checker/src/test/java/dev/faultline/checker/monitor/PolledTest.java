package dev.faultline.checker.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.history.History;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The deciders keep to the budget of a check. */
final class PolledTest {
  private static final int MANY = 6_000;

  private static List<Call> calls(String in, String out, long found) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      boolean last = i == MANY - 1;
      text.append("p0 invoke %s %d%np0 ok %s %d%n".formatted(in, i, in, i));
      text.append("p0 invoke %s%np0 ok %s %d%n".formatted(out, out, last ? found : i));
    }
    return History.parse(text.toString()).operations().stream().map(Call::of).toList();
  }

  @Test
  void noDeciderGoesOnWhenTheBudgetHasEnded() {
    String[][] kinds = {
      {"queue", "enqueue", "dequeue"},
      {"stack", "push", "pop"},
      {"priority-queue", "insert", "poll"},
      {"bag", "enqueue", "dequeue"}
    };
    for (String[] kind : kinds) {
      List<Call> calls = calls(kind[1], kind[2], MANY - 1);
      assertThat(Monitors.decide(MonitorsTest.model(kind[0]), calls, Budget.standard()))
          .as(kind[0])
          .isInstanceOf(Answer.Ordered.class);
      Budget ended = Budget.standard();
      ended.cancel();
      assertThatThrownBy(() -> Monitors.decide(MonitorsTest.model(kind[0]), calls, ended))
          .as(kind[0])
          .isInstanceOf(Budget.Spent.class);
    }
  }

  /** It is known that there is no order, and not by when. */
  @Test
  void aViolationStandsThoughItsFirstMomentIsNotFoundInTime() {
    List<Call> calls = calls("enqueue", "dequeue", MANY - 1);
    Call wrong = calls.get(100);
    Budget budget = Budget.standard();
    Answer known =
        Prefix.shortest(
            Polled.of(calls, budget),
            false,
            part -> {
              budget.cancel();
              return new Answer.Impossible(calls, wrong);
            });
    assertThat(known)
        .isInstanceOfSatisfying(
            Answer.Impossible.class,
            i -> {
              assertThat(i.core()).hasSameSizeAs(calls);
              assertThat(i.last()).isEqualTo(calls.get(calls.size() - 1));
            });
    Answer first =
        Prefix.shortest(
            Polled.of(calls, Budget.standard()),
            false,
            part ->
                part.size() > 100
                    ? new Answer.Impossible(part, part.get(part.size() - 1))
                    : new Answer.Ordered(List.of()));
    assertThat(first)
        .isInstanceOfSatisfying(
            Answer.Impossible.class, i -> assertThat(i.core()).hasSize(101).contains(wrong));
  }

  @Test
  void aViolationWithACoreStandsThoughTheBudgetEndsBeforeItIsKnownByWhen() {
    List<Call> calls = calls("enqueue", "dequeue", MANY - 1);
    Budget budget = Budget.standard();
    Answer known =
        Core.of(
            Polled.of(calls, budget),
            part -> {
              // Reads them all, as a decider does.
              assertThat(part.stream().allMatch(Call::known)).isTrue();
              budget.cancel();
              return new Answer.Impossible(calls.subList(10, 14), calls.get(10));
            });
    assertThat(known)
        .isInstanceOfSatisfying(
            Answer.Impossible.class,
            i -> {
              assertThat(i.core()).hasSize(4);
              assertThat(i.last()).isEqualTo(calls.get(13));
            });
  }
}
