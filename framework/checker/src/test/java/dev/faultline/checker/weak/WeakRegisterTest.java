package dev.faultline.checker.weak;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.judge;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.weak.Lines.begin;
import static dev.faultline.checker.weak.Lines.end;
import static dev.faultline.checker.weak.Lines.info;
import static dev.faultline.checker.weak.Lines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories by hand, good and bad. */
final class WeakRegisterTest {
  private static final String REGULAR = "register.regular";
  private static final String SAFE = "register.safe";
  private static final String STALENESS = "register.staleness";

  /** While 2 is written, reads find it and then not: new-old inversion, which is not atomic. */
  private static final String INVERSION =
      lines("p0 x=1") + begin("p0 x=2") + lines("p1 x?2", "p1 x?1") + end("p0 x=2");

  @Test
  void aRegularRegisterMayGoBackWhileAWriteIsOpen() {
    valid(REGULAR, 2, INVERSION);
    assertThat(judge("linearizable", Map.of("model", "register"), INVERSION))
        .isInstanceOf(Verdict.Invalid.class);
    valid(REGULAR, 1, lines("p0 x?null", "p0 x=1"));
    valid(REGULAR, 2, info("p0 x=1") + lines("p1 x?1", "p1 x?null"));
  }

  @Test
  void aRegularRegisterFindsNothingElse() {
    invalid(REGULAR, "stale", lines("p0 x=1", "p0 x=2", "p1 x?1"));
    invalid(REGULAR, "stale", lines("p0 x=1", "p1 x?null"));
    invalid(REGULAR, "never-written", lines("p0 x=1", "p1 x?7"));
    invalid(REGULAR, "too-early", lines("p1 x?1", "p0 x=1"));
    invalid(REGULAR, "never-written", begin("p0 x=1") + lines("p1 x?9") + end("p0 x=1"));
  }

  @Test
  void aSafeRegisterMayFindAnythingWhileAWriteIsOpen() {
    valid(SAFE, 1, begin("p0 x=1") + lines("p1 x?9") + end("p0 x=1") + lines("p1 x?1"));
    invalid(SAFE, "stale", lines("p0 x=1", "p0 x=2", "p1 x?1"));
    invalid(SAFE, "never-written", lines("p0 x=1", "p1 x?9"));
  }

  @Test
  void stalenessIsBoundedByWrites() {
    String behind = lines("p0 x=1", "p0 x=2", "p0 x=3", "p1 x?1");
    assertThat(judge(STALENESS, Map.of("versions", 2L), behind)).isInstanceOf(Verdict.Valid.class);
    assertThat(judge(STALENESS, Map.of("versions", 1L), behind))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class, v -> assertThat(v.clause()).isEqualTo("stale"));
    invalid(STALENESS, "stale", behind);
    invalid(STALENESS, "never-written", lines("p0 x=1", "p1 x?9"));
  }

  @Test
  void stalenessIsBoundedByTime() {
    String history =
        """
        10 p0 invoke write key=x 1
        20 p0 ok write key=x
        30 p0 invoke write key=x 2
        40 p0 ok write key=x
        100 p1 invoke read key=x
        110 p1 ok read key=x 1
        """;
    Verdict within = judge(STALENESS, Map.of("time", 60_000_000L), history);
    assertThat(within).isInstanceOf(Verdict.Valid.class);
    assertThat(judge(STALENESS, Map.of("time", 59_999_999L), history))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class, v -> assertThat(v.clause()).isEqualTo("stale-for-long"));
  }
}
