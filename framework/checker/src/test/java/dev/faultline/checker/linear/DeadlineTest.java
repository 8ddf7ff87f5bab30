package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.model.Models;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No part of a check goes on for long when its budget has ended. */
final class DeadlineTest {
  private static final History MANY =
      new RandomHistory(StepModel.REGISTER, 5, 9_000, 1, 9_999, 0, 0).create(7);

  private static final List<Subject> SUBJECTS =
      List.of(
          new StepSubject(StepModel.REGISTER, null),
          new ModelSubject<>(
              Objects.requireNonNull(
                  Models.find(
                      "cas-register-observing",
                      JsonView.of("model", Map.of("model", "cas-register-observing")))),
              Map.of(),
              null));

  private static Budget ended() {
    Budget budget = Budget.standard();
    budget.cancel();
    return budget;
  }

  @Test
  void operationsAreNotPutApart() {
    for (Subject subject : SUBJECTS) {
      assertThatThrownBy(() -> subject.parts(MANY.operations(), ended()))
          .isInstanceOf(Budget.Spent.class);
      assertThat(new Linearizable(subject).check(MANY, new Budget(Duration.ZERO, 1 << 30)))
          .isInstanceOfSatisfying(
              Verdict.Unknown.class,
              u ->
                  assertThat(u.reason())
                      .isEqualTo(
                          "stopped by the time budget of 0 ms while 9,000 operations were put apart"));
    }
  }

  @Test
  void anOrderIsNotVerified() {
    for (Subject subject : SUBJECTS) {
      Part part = subject.parts(MANY.operations(), Budget.standard()).get(0);
      assertThat(part.decide(Budget.standard(), Long.MAX_VALUE))
          .isInstanceOfSatisfying(
              Part.Decision.Ordered.class,
              ordered -> {
                assertThat(part.problem(ordered.order(), Budget.standard())).isNull();
                assertThatThrownBy(() -> part.problem(ordered.order(), ended()))
                    .isInstanceOf(Budget.Spent.class);
              });
    }
  }

  /** Decides with the last of its budget. */
  private record Late(Subject subject) implements Subject {
    @Override
    public String id() {
      return subject.id();
    }

    @Override
    public boolean answersFailures() {
      return subject.answersFailures();
    }

    @Override
    public List<Planting> plantings() {
      return List.of();
    }

    @Override
    public List<Part> parts(List<Operation> operations, Budget budget) {
      return List.of(new LatePart(subject.parts(operations, budget).get(0)));
    }
  }

  private record LatePart(Part part) implements Part {
    @Override
    public String name() {
      return part.name();
    }

    @Override
    public List<Operation> operations() {
      return part.operations();
    }

    @Override
    public int size() {
      return part.size();
    }

    @Override
    public long certain() {
      return part.certain();
    }

    @Override
    public Decision decide(Budget budget, long effort) {
      Decision decision = part.decide(budget, effort);
      budget.cancel();
      return decision;
    }

    @Override
    public @Nullable String problem(List<Operation> order, Budget budget) {
      return part.problem(order, budget);
    }
  }

  @Test
  void anOrderThatCannotBeVerifiedInTimeIsNoVerdict() {
    for (Subject subject : SUBJECTS) {
      assertThat(new Linearizable(new Late(subject)).check(MANY, Budget.standard()))
          .isInstanceOfSatisfying(
              Verdict.Unknown.class, u -> assertThat(u.reason()).contains("was verified"));
    }
  }

  /** What is wrong is known; only why is not. */
  @Test
  void aViolationThatCannotBeExplainedInTimeIsStillOne() {
    String bad =
        "p0 invoke write key=x 1\np0 ok write key=x\np1 invoke read key=x\np1 ok read key=x 2";
    for (Subject subject : SUBJECTS) {
      assertThat(new Linearizable(new Late(subject)).check(History.parse(bad), Budget.standard()))
          .isInstanceOf(Verdict.Invalid.class);
    }
  }

  @Test
  void aShareEndsWithTheWhole() {
    Budget whole = Budget.standard();
    assertThat(whole.rest(0.5).time())
        .isLessThanOrEqualTo(whole.time().dividedBy(2))
        .isGreaterThan(whole.time().dividedBy(3));
    whole.cancel();
    assertThat(whole.rest(0.5).exhausted(0)).isEqualTo("cancellation");
  }

  @Test
  void aRollTakesEachOnce() {
    Roll roll = new Roll(3);
    roll.add(7, true);
    roll.add(900_000_000, false);
    assertThatThrownBy(() -> roll.add(8, true)).hasMessage("operation 8 after operation 900000000");
    assertThat(roll.missing()).isEqualTo(7);
    assertThat(roll.take(8)).isFalse();
    assertThat(roll.take(7)).isTrue();
    assertThat(roll.take(7)).isFalse();
    assertThat(roll.missing()).isEqualTo(-1);
    assertThat(roll.take(900_000_000)).isTrue();
    assertThat(roll.take(900_000_000)).isFalse();
  }
}
