package dev.faultline.checker.objects;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.objects.Histories.fail;
import static dev.faultline.checker.objects.Histories.info;
import static dev.faultline.checker.objects.Histories.invoke;
import static dev.faultline.checker.objects.Histories.ok;
import static dev.faultline.checker.objects.Histories.returns;

import org.junit.jupiter.api.Test;

/** The rules {@code log.*} of append logs. */
final class LogTest {
  private static final String LOST = "log.no-lost-append";
  private static final String AGREEMENT = "log.agreement";
  private static final String ORDER = "log.order";
  private static final String PHANTOM = "log.no-phantom";
  private static final String DUPLICATE = "log.no-duplicate";
  private static final String HOLE = "log.no-hole";

  private static final String APPENDS =
      ok("p0", "append", "11", "0") + ok("p0", "append", "12", "1");

  private static String read(int from, String rows) {
    return ok("p8@n1", "read", Integer.toString(from), rows);
  }

  @Test
  void whatWasAcknowledgedIsThereAtTheEnd() {
    valid(LOST, 2, APPENDS + read(0, "[[0,11],[1,12]]"));
    invalid(LOST, "lost", APPENDS + read(0, "[[0,11]]"));
    unknown(LOST, APPENDS);
    unknown(LOST, APPENDS + read(1, "[[1,12]]"));
  }

  @Test
  void anOffsetHasOneValue() {
    valid(AGREEMENT, 4, APPENDS + read(0, "[[0,11],[1,12]]"));
    invalid(AGREEMENT, "offset-twice", APPENDS + ok("p1", "append", "13", "1"));
    invalid(AGREEMENT, "two-values", APPENDS + read(0, "[[0,11],[1,13]]"));
    invalid(AGREEMENT, "two-values", read(0, "[[0,11]]") + read(0, "[[0,12]]"));
  }

  @Test
  void laterAppendsHaveHigherOffsets() {
    valid(ORDER, 2, APPENDS);
    invalid(ORDER, "out-of-order", ok("p0", "append", "11", "5") + ok("p1", "append", "12", "4"));
    valid(
        ORDER,
        2,
        invoke("p0", "append", "11")
            + ok("p1", "append", "12", "0")
            + returns("p0", "append", "1"));
    invalid(
        ORDER,
        "out-of-order",
        invoke("p0", "append", "11")
            + ok("p1", "append", "12", "5")
            + ok("p1", "append", "13", "4")
            + returns("p0", "append", "9"));
  }

  @Test
  void aReadShowsOnlyWhatWasAppended() {
    valid(PHANTOM, 1, info("p0", "append", "11") + read(0, "[[0,11]]"));
    invalid(PHANTOM, "never-appended", APPENDS + read(0, "[[0,99]]"));
    invalid(PHANTOM, "refused", fail("p0", "append", "11") + read(0, "[[0,11]]"));
    invalid(PHANTOM, "too-early", read(0, "[[0,11]]") + APPENDS);
  }

  @Test
  void aValueIsThereOnce() {
    valid(DUPLICATE, 4, APPENDS + read(0, "[[0,11],[1,12]]") + read(0, "[[0,11],[1,12]]"));
    invalid(DUPLICATE, "two-offsets", read(0, "[[0,11],[1,12],[2,11]]"));
    invalid(DUPLICATE, "two-offsets", read(0, "[[0,11]]") + read(1, "[[1,11]]"));
  }

  @Test
  void offsetsFollowEachOther() {
    valid(HOLE, 2, APPENDS + read(0, "[[0,11],[1,12]]") + read(1, "[[1,12]]") + read(2, "[]"));
    invalid(HOLE, "hole", read(0, "[[0,11],[2,12]]"));
    invalid(HOLE, "backwards", read(0, "[[0,11],[0,12]]"));
    invalid(HOLE, "starts-late", APPENDS + read(0, "[[1,12]]"));
    valid(HOLE, 1, read(0, "[[3,12],[4,13]]"));
  }
}
