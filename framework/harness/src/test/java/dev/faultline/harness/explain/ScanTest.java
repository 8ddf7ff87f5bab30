package dev.faultline.harness.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.explain.Inevitability.Point;
import dev.faultline.harness.explain.Inevitability.Turn;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Runs whose prospects are known: the scan finds where they change, and nothing where they do not.
 */
final class ScanTest {
  private static final int FUTURES = 50;

  /** Something happened at 10, 20, … 10,000; the last is the wrong result. */
  private static SortedSet<Long> moments() {
    SortedSet<Long> moments = new TreeSet<>();
    for (long at = 10; at <= 10_000; at += 10) {
      moments.add(at);
    }
    return moments;
  }

  private static Inevitability scan(List<Long> telling, Explanations.Futures futures) {
    return Scan.of(
        moments(), telling, futures, FUTURES, () -> false, at -> List.of("what was at " + at));
  }

  @Test
  void whatIsDecidedAtOneMomentIsFoundExactly() {
    Inevitability scan = scan(List.of(), (at, future) -> at > 3_330);
    Turn turn = new Turn(3_330, List.of("what was at 3330"), 0, FUTURES, FUTURES);
    assertThat(scan.culprit()).isEqualTo(turn);
    assertThat(scan.inevitable()).isEqualTo(turn);
    assertThat(scan.runs()).isLessThan(500);
    assertThat(scan.points()).contains(new Point(3_330, 0, FUTURES), new Point(3_340, 50, FUTURES));
    assertThat(scan.sentences()).last().isEqualTo("From there on all fail.");
  }

  @Test
  void whatIsLikelyFromOneMomentAndCertainFromAnotherHasBoth() {
    Inevitability scan =
        scan(List.of(1_000L), (at, future) -> at > 9_000 || (at > 1_000 && future % 10 < 8));
    assertThat(scan.culprit())
        .isEqualTo(new Turn(1_000, List.of("what was at 1000"), 0, 40, FUTURES));
    assertThat(scan.inevitable())
        .isEqualTo(new Turn(9_000, List.of("what was at 9000"), 40, FUTURES, FUTURES));
  }

  @Test
  void whatBecomesLikelierBitByBitIsNotSaidToBeDecidedAtOnce() {
    Inevitability scan = scan(List.of(), (at, future) -> at > 200L * future);
    assertThat(scan.sentences().get(0)).startsWith("It became likelier bit by bit");
    assertThat(scan(List.of(), (at, future) -> at > 3_330).sentences().get(0))
        .startsWith("What decided it: what was at 3330, at 0.000 s. Of 50 fresh futures 0 fail");
  }

  @Test
  void whatFailsInAnyCaseHasNoCulprit() {
    Inevitability scan = scan(List.of(500L), (at, future) -> true);
    assertThat(scan.culprit()).isNull();
    assertThat(scan.inevitable()).isNull();
    assertThat(scan.sentences()).singleElement().asString().contains("needs no fault");
  }

  @Test
  void whatRanOutOfTimeTellsNothing() {
    int[] tried = {0};
    Inevitability scan =
        Scan.of(
            moments(),
            List.of(),
            (at, future) -> ++tried[0] > 0 && at > 3_330,
            FUTURES,
            () -> tried[0] >= 20,
            at -> List.of());
    assertThat(scan.complete()).isFalse();
    assertThat(scan.runs()).isEqualTo(20);
    assertThat(scan.sentences()).singleElement().asString().contains("no time");
  }

  @Test
  void aScanSurvivesItsFile() {
    Inevitability scan = scan(List.of(), (at, future) -> at > 3_330);
    String text = Json.pretty(scan.toJson());
    assertThat(Inevitability.fromJson(JsonView.parse("test", text))).isEqualTo(scan);
  }
}
