package dev.faultline.checker.weak;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.judge;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.weak.Lines.info;
import static dev.faultline.checker.weak.Lines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories by hand, good and bad. */
final class SequentialTest {
  private static final String SEQUENTIAL = "sequential";

  @Test
  void timeSaysNothing() {
    valid(SEQUENTIAL, 3, lines("p0 x=1", "p0 x=2", "p1 x?1"));
    valid(SEQUENTIAL, 2, lines("p1 x?1", "p0 x=1"));
    valid(SEQUENTIAL, 4, lines("p0 x=1", "p1 x=2", "p2 x?2", "p2 x?1"));
  }

  @Test
  void theOrderOfASessionStays() {
    invalid(SEQUENTIAL, "no-order", lines("p0 x=1", "p0 x=2", "p1 x?2", "p1 x?1"));
    invalid(SEQUENTIAL, "no-order", lines("p0 x=1", "p0 x?null"));
    invalid(
        SEQUENTIAL, "no-order", lines("p0 x=1", "p1 x=2", "p2 x?2", "p2 x?1", "p3 x?1", "p3 x?2"));
  }

  @Test
  void allKeysHaveOneOrderTogether() {
    // Each sees its own write and not the other's: store buffering.
    String history = lines("p0 x=1", "p1 y=1", "p0 y?null", "p1 x?null");
    String sentence = invalid(SEQUENTIAL, "no-order", history).sentence();
    assertThat(sentence).contains("on several keys together");
    valid("causal", 2, history);
  }

  @Test
  void anUnknownOutcomeMayComeAtAnyTimeOrNever() {
    valid(SEQUENTIAL, 3, info("p0 x=1") + lines("p1 x=2", "p1 x?2", "p1 x?1"));
    valid(SEQUENTIAL, 1, info("p0 x=1") + lines("p1 x?null"));
    invalid(SEQUENTIAL, "no-order", info("p0 x=1") + lines("p1 x?1", "p1 x?null"));
  }

  @Test
  void anyModelWillDo() {
    String history =
        """
        p0 invoke enqueue 1
        p0 ok enqueue
        p0 invoke enqueue 2
        p0 ok enqueue
        p1 invoke dequeue
        p1 ok dequeue %d
        """;
    Map<String, String> queue = Map.of("model", "queue");
    assertThat(judge(SEQUENTIAL, queue, history.formatted(1))).isInstanceOf(Verdict.Valid.class);
    assertThat(judge(SEQUENTIAL, queue, history.formatted(2))).isInstanceOf(Verdict.Invalid.class);
    assertThat(judge(SEQUENTIAL, queue, lines("p0 x=1"))).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aBudgetThatIsUsedUpLeavesItUnknown() {
    History history = History.parse(lines("p0 x=1", "p1 x=2", "p2 x?2"));
    assertThat(
            Checkers.create(SEQUENTIAL, Map.of())
                .check(history, new Budget(Duration.ZERO, 1 << 20)))
        .isInstanceOf(Verdict.Unknown.class);
  }
}
