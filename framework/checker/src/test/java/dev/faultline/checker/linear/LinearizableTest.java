package dev.faultline.checker.linear;

import static dev.faultline.checker.Judge.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.checker.monitor.Monitors;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LinearizableTest {
  private static final Model<?> MAP =
      Objects.requireNonNull(Models.find("map", JsonView.of("test", Map.of("model", "map"))));

  private static Verdict.Valid valid(String model, String history) {
    Verdict verdict = judge("linearizable", Map.of("model", model), history);
    assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Valid.class);
    return (Verdict.Valid) verdict;
  }

  private static Witness invalid(String model, String history) {
    Verdict verdict = judge("linearizable", Map.of("model", model), history);
    assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Invalid.class);
    assertThat(((Verdict.Invalid) verdict).clause()).isEqualTo("no-order");
    return ((Verdict.Invalid) verdict).witness();
  }

  @Test
  void validCarriesTheOrderOfEachKey() {
    Verdict.Valid verdict =
        valid(
            "register",
            """
            p0 invoke write key=x 1
            p1 invoke read key=x
            p1 ok     read key=x          # null: the write takes effect later
            p0 ok     write key=x 1
            p0 invoke write key=y 7
            p0 ok     write key=y 7
            """);
    assertThat(verdict.examined()).isEqualTo(3);
    assertThat(verdict.evidence().get("order"))
        .isEqualTo(Map.of("x", List.of(1L, 0L), "y", List.of(2L)));
  }

  @Test
  void aStaleReadIsToldInWords() {
    Witness witness =
        invalid(
            "register",
            """
            p1 invoke write key=x 2
            p1 ok     write key=x 2
            p3 invoke read key=x
            p3 ok     read key=x 2
            p1 invoke write key=x 5
            p1 ok     write key=x 5
            p2 invoke read key=x
            p2 ok     read key=x 2
            p1 invoke write key=x 9
            p1 ok     write key=x 9
            """);
    assertThat(witness.sentence())
        .isEqualTo(
            "On x, read by process 2 returned 2, so it comes before write 5 by process 1, but write 5"
                + " by process 1 had returned before it began.");
    assertThat(witness.steps())
        .extracting(Witness.Step::text)
        .containsExactly("write x 2, ok", "write x 5, ok", "read x → 2");
    assertThat(witness.steps().get(2).remark()).isEqualTo("no place is left for this one");
  }

  @Test
  void aValueNobodyWrote() {
    Witness witness = invalid("register", "p0 invoke read key=x\np0 ok read key=x 3");
    assertThat(witness.sentence())
        .isEqualTo("On x, read by process 0 returned 3, which nobody had written by then.");
  }

  @Test
  void anUnknownWriteMayTakeEffectMuchLater() {
    valid(
        "register",
        """
        p0 invoke write key=x 1
        p0 info   write key=x !timeout
        p1 invoke write key=x 2
        p1 ok     write key=x 2
        p1 invoke read key=x
        p1 ok     read key=x 2
        p1 invoke read key=x
        p1 ok     read key=x 1
        """);
  }

  @Test
  void anUnknownWriteTakesEffectAtMostOnce() {
    invalid(
        "register",
        """
        p0 invoke write key=x 1
        p0 info   write key=x !timeout
        p1 invoke read key=x
        p1 ok     read key=x 1
        p1 invoke write key=x 2
        p1 ok     write key=x 2
        p1 invoke read key=x
        p1 ok     read key=x 1
        """);
  }

  @Test
  void aFailedWriteDidNotHappen() {
    invalid(
        "register",
        """
        p0 invoke write key=x 1
        p0 fail   write key=x !refused
        p1 invoke read key=x
        p1 ok     read key=x 1
        """);
  }

  @Test
  void aFailedCasSaysNothing() {
    Verdict.Valid verdict =
        valid(
            "cas-register",
            """
            p0 invoke write key=x 1
            p0 ok     write key=x 1
            p0 invoke cas key=x [1,2]
            p0 fail   cas key=x !mismatch    # it did match; "did not happen" is all we take from it
            """);
    assertThat(verdict.evidence()).containsEntry("failed, taken as not happened", 1L);
  }

  @Test
  void twoCasFromOneValue() {
    Witness witness =
        invalid(
            "cas-register",
            """
            p0 invoke write key=x 1
            p0 ok     write key=x 1
            p0 invoke cas key=x [1,2]
            p1 invoke cas key=x [1,3]
            p1 ok     cas key=x
            p0 ok     cas key=x
            """);
    assertThat(witness.steps()).hasSize(3);
    assertThat(witness.sentence())
        .isEqualTo(
            "On x, cas by process 0 found 1, and cas by process 1 found 1: each replaced what the other"
                + " found.");
  }

  @Test
  void aLockHeldTwice() {
    Witness witness =
        invalid(
            "mutex",
            """
            p0 invoke acquire
            p0 ok     acquire
            p0 invoke release
            p0 ok     release
            p0 invoke acquire
            p0 ok     acquire
            p1 invoke acquire
            p1 ok     acquire
            """);
    assertThat(witness.steps().size()).isLessThanOrEqualTo(4);
  }

  @Test
  void anUnknownReleaseFreesTheLock() {
    valid(
        "mutex",
        """
        p0 invoke acquire
        p0 ok     acquire
        p0 invoke release
        p0 info   release !timeout
        p1 invoke acquire
        p1 ok     acquire
        """);
  }

  @Test
  void nothingDoneIsNothingExamined() {
    assertThat(valid("register", "n1 event started {\"pid\":1}").examined()).isZero();
  }

  @Test
  void aFunctionThatTheModelDoesNotKnowIsUnknown() {
    Verdict verdict =
        judge("linearizable", Map.of("model", "register"), "p0 invoke append 1\np0 ok append 1");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Unknown.class,
            u -> assertThat(u.reason()).contains("append", "register knows read, write"));
  }

  @Test
  void aSpentBudgetIsUnknownAndSaysHowFarItCame() {
    History history = new RandomHistory(StepModel.REGISTER, 10, 3_000, 1, 3, 0.1, 0).create(7);
    Budget cancelled = new Budget(Duration.ofMinutes(1), 1_000_000_000);
    cancelled.cancel();
    for (Budget budget : List.of(cancelled, new Budget(Duration.ofMinutes(1), 1_000))) {
      assertThat(new Linearizable(new StepSubject(StepModel.REGISTER, null)).check(history, budget))
          .isInstanceOfSatisfying(
              Verdict.Unknown.class,
              u -> {
                assertThat(u.reason())
                    .contains("key x0: stopped by", " of 2,572 operations", "0 of 1 parts");
                assertThat(u.remedy()).isNotEmpty();
              });
    }
  }

  @Test
  void aWrongOrderIsNeverTakenForAProof() {
    Linearizer wrong =
        (steps, budget, effort) ->
            new Linearizer.Answer.Ordered(steps.reversed().stream().map(Step::op).toList());
    History history = History.parse("p0 invoke write 1\np0 ok write\np0 invoke read\np0 ok read 1");
    assertThat(
            new Linearizable(new StepSubject(StepModel.REGISTER, null, wrong))
                .check(history, Budget.standard()))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, u -> assertThat(u.reason()).contains("order found is wrong"));
  }

  @Test
  void aWrongNoIsNotShownWhereTheExplanationFindsAnOrder() {
    Linearizer wrong =
        (steps, budget, effort) -> new Linearizer.Answer.Stuck(steps.get(steps.size() - 1));
    History history = History.parse("p0 invoke write 1\np0 ok write\np0 invoke read\np0 ok read 1");
    assertThat(
            new Linearizable(new StepSubject(StepModel.REGISTER, null, wrong))
                .check(history, Budget.standard()))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, u -> assertThat(u.remedy()).contains("bug of the checker"));
  }

  /** A part that has no order, and a report that fails. */
  private record Mute(List<Operation> operations) implements Part {
    @Override
    public String name() {
      return "x";
    }

    @Override
    public int size() {
      return operations.size();
    }

    @Override
    public long certain() {
      return operations.size();
    }

    @Override
    public Decision decide(Budget budget, long effort) {
      return new Decision.Impossible(
          operations.get(0),
          b -> {
            throw new IllegalStateException("no words");
          });
    }

    @Override
    public @Nullable String problem(List<Operation> order, Budget budget) {
      return null;
    }
  }

  private record MuteSubject(StepSubject subject) implements Subject {
    @Override
    public String id() {
      return subject.id();
    }

    @Override
    public boolean answersFailures() {
      return false;
    }

    @Override
    public List<Planting> plantings() {
      return List.of();
    }

    @Override
    public List<Part> parts(List<Operation> operations, Budget budget) {
      return List.of(new Mute(operations));
    }
  }

  /** Found by 'bench oracle': the unknown write makes the value that is there already. */
  @Test
  void anUnknownWriteOfTheSameValueMayHideAnother() {
    valid(
        "cas-register",
        """
        p9 invoke write key=x 5
        p9 ok     write key=x 5
        p2 invoke write key=x 5
        p2 info   write key=x !timeout
        p0 invoke write key=x 2
        p1 invoke cas key=x [5,1]
        p1 ok     cas key=x
        p0 ok     write key=x
        p3 invoke read key=x
        p3 ok     read key=x 1
        """);
  }

  /** Found by 'bench oracle': one text by two calls, of which the second began the map anew. */
  @Test
  void aTextThatIsWrittenTwiceIsNoGroundForTheMonitor() {
    valid(
        "map",
        """
        p1 invoke append key=x "2"
        p0 invoke get    key=x
        p1 ok     append key=x
        p0 ok     get    key=x "2"
        p0 invoke append key=x "1"
        p1 invoke put    key=x "1"
        p1 info   put    key=x !timeout
        p0 ok     append key=x
        p3 invoke get    key=x
        p3 ok     get    key=x "1"
        """);
  }

  /** The monitor guesses who made which; without an order it must not depend on the guess. */
  @Test
  void aTextThatIsAppendedTwiceIsDecidedWithoutASearch() {
    List<Call> calls =
        History.parse(
                """
                p0 invoke append key=x "a"
                p1 invoke append key=x "a"
                p1 ok     append key=x
                p2 invoke get    key=x
                p2 ok     get    key=x "a"
                p3 invoke get    key=x
                p3 ok     get    key=x null
                p0 ok     append key=x
                """)
            .operations()
            .stream()
            .map(Call::of)
            .toList();
    Answer answer = Monitors.decide(MAP, calls, Budget.standard());
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Impossible.class, bad -> assertThat(bad.last().f()).isEqualTo("get"));
    assertThat(Monitors.decide(MAP, calls.subList(0, 3), Budget.standard()))
        .isInstanceOf(Answer.Ordered.class);
  }

  @Test
  void aReportThatFailsDoesNotChangeTheVerdict() {
    Verdict verdict =
        new Linearizable(new MuteSubject(new StepSubject(StepModel.REGISTER, null)))
            .check(History.parse("p0 invoke read key=x\np0 ok read key=x 3"), Budget.standard());
    assertThat(((Verdict.Invalid) verdict).witness().sentence())
        .contains("key x has no order", "operation 0, read", "no words");
  }
}
