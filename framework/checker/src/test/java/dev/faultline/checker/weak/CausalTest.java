package dev.faultline.checker.weak;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.judge;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.weak.Lines.info;
import static dev.faultline.checker.weak.Lines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the paper (POPL 2017, figure 3), and small ones. */
final class CausalTest {
  private static final String CAUSAL = "causal";

  private static void converges(boolean converges, String history) {
    assertThat(judge(CAUSAL, Map.of("convergent", true), history))
        .isInstanceOf(converges ? Verdict.Valid.class : Verdict.Invalid.class);
  }

  @Test
  void eachMayHaveItsOwnOrderOfConcurrentWrites() {
    String history = lines("p0 x=1", "p1 x=2", "p0 x?2", "p1 x?1");
    valid(CAUSAL, 2, history);
    converges(false, history);
    String again = lines("p0 x=1", "p1 x=2", "p1 x?1", "p1 x?2");
    valid(CAUSAL, 2, again);
    converges(false, again);
    converges(true, lines("p0 x=1", "p1 x=2", "p0 x?2", "p1 x?2"));
  }

  @Test
  void whatWasSeenReplacedIsNotFoundAgain() {
    String history = lines("p0 x=1", "p0 y=1", "p1 y?1", "p1 x=2", "p2 x?2", "p2 x?1");
    assertThat(invalid(CAUSAL, "overwritten", history).steps()).hasSize(6);
    valid(CAUSAL, 2, lines("p0 x=1", "p0 y=1", "p1 x=2", "p2 x?2", "p2 x?1"));
  }

  @Test
  void whoSeesTheAnswerSeesTheQuestion() {
    invalid(CAUSAL, "initial-read", lines("p0 x=1", "p1 x?1", "p1 y=2", "p2 y?2", "p2 x?null"));
    valid(CAUSAL, 2, lines("p0 x=1", "p1 y=2", "p2 y?2", "p2 x?null"));
    invalid(CAUSAL, "initial-read", lines("p0 x=1", "p0 x?null"));
  }

  @Test
  void nothingComesFromNowhereOrFromItself() {
    invalid(CAUSAL, "never-written", lines("p0 x=1", "p1 x?7"));
    invalid(CAUSAL, "cycle", lines("p0 y?2", "p0 x=1", "p1 x?1", "p1 y=2"));
  }

  @Test
  void aWriteWithAnUnknownOutcomeCountsOnceItIsFound() {
    valid(CAUSAL, 1, info("p0 x=1") + lines("p1 x?null"));
    valid(CAUSAL, 2, info("p0 x=1") + lines("p1 x?1", "p1 x?1"));
    invalid(CAUSAL, "initial-read", info("p0 x=1") + lines("p1 x?1", "p1 x?null"));
    assertThat(unknown(CAUSAL, lines("p0 x=1", "p0 x=1"))).contains("written several times");
  }
}
