package dev.faultline.checker.weak;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.judge;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.weak.Lines.begin;
import static dev.faultline.checker.weak.Lines.end;
import static dev.faultline.checker.weak.Lines.info;
import static dev.faultline.checker.weak.Lines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each guarantee, broken alone where that is possible. */
final class SessionTest {
  private static final String RYW = "session.read-your-writes";
  private static final String MR = "session.monotonic-reads";
  private static final String MW = "session.monotonic-writes";
  private static final String WFR = "session.writes-follow-reads";

  @Test
  void aSessionFindsItsOwnWrites() {
    valid(RYW, 1, lines("p0 x=1", "p0 x?1"));
    valid(RYW, 1, lines("p0 x=1", "p1 x=2", "p0 x?2"));
    valid(RYW, 0, lines("p0 x=1", "p1 x?null"));
    valid(RYW, 1, begin("p1 x=2") + lines("p0 x=1", "p0 x?2") + end("p1 x=2"));
    valid(RYW, 0, info("p0 x=1") + lines("p1 x?null"));
    invalid(RYW, "own-write-missing", lines("p0 x=1", "p0 x?null"));
    invalid(RYW, "own-write-missing", lines("p1 x=2", "p0 x=1", "p0 x?2"));
  }

  @Test
  void aSessionNeverReadsBackwards() {
    String stale = lines("p0 x=1", "p0 x=2", "p1 x?2", "p1 x?1");
    invalid(MR, "backwards", stale);
    valid(RYW, 0, stale);
    valid(MR, 0, lines("p0 x=1", "p0 x=2", "p1 x?2", "p2 x?1"));
    valid(MR, 1, begin("p0 x=1") + lines("p2 x=2", "p1 x?2", "p1 x?1") + end("p0 x=1"));
    // Not older than the last that it read, but than one before.
    invalid(
        MR,
        "backwards",
        begin("p3 x=3") + lines("p0 x=1", "p0 x=2", "p1 x?2", "p1 x?3", "p1 x?1") + end("p3 x=3"));
  }

  @Test
  void whoHasAWriteHasTheEarlierOnesOfItsSession() {
    String half = lines("p0 x=1", "p0 y=2", "p1@n2 y?2", "p2@n2 x?null");
    invalid(MW, "earlier-write-missing", half);
    valid(WFR, 0, half);
    valid(MW, 1, lines("p0 x=1", "p0 y=2", "p1@n2 y?2", "p2@n2 x?1"));
    valid(MW, 0, lines("p0 x=1", "p0 y=2", "p1@n2 y?2", "p2@n3 x?null"));
  }

  @Test
  void whoHasAWriteHasWhatItsSessionHadRead() {
    String half = lines("p0 x=1", "p3 x?1", "p3 y=2", "p1@n2 y?2", "p2@n2 x?null");
    invalid(WFR, "read-value-missing", half);
    valid(MW, 0, half);
    valid(WFR, 1, lines("p0 x=1", "p3 x?1", "p3 y=2", "p1@n2 y?2", "p2@n2 x?1"));
  }

  @Test
  void numbersMayBeVersions() {
    String concurrent = begin("p3 x=5") + lines("p0 x=7", "p1 x?7", "p1 x?5") + end("p3 x=5");
    valid(MR, 1, concurrent);
    assertThat(judge(MR, Map.of("versions", true), concurrent)).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void whatCannotBeToldApartIsUnknown() {
    assertThat(unknown(MR, lines("p0 x=1", "p1 x=1"))).contains("value 1 is written several times");
    assertThat(unknown("isolation", lines("p0 x=1"))).isEqualTo("no checker for isolation");
  }
}
