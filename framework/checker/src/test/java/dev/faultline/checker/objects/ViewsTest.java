package dev.faultline.checker.objects;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.objects.Histories.fail;
import static dev.faultline.checker.objects.Histories.invoke;
import static dev.faultline.checker.objects.Histories.ok;
import static dev.faultline.checker.objects.Histories.returns;

import org.junit.jupiter.api.Test;

/** The rules of prefixes, event stores and views. */
final class ViewsTest {
  private static final String PREFIX = "log.prefix";
  private static final String VERSIONS = "events.versions";
  private static final String FAITHFUL = "projection.faithful";
  private static final String POSITION = "projection.position";

  private static final String LOG = ok("p0", "append", "11", "0") + ok("p0", "append", "12", "1");

  private static String read(String who, String rows) {
    return ok(who, "read", "0", rows);
  }

  private static String query(String who, String token, String view) {
    return ok(who, "query", token, view);
  }

  @Test
  void readsBeginWithEachOther() {
    valid(
        PREFIX,
        3,
        read("p1@n1", "[[0,11]]") + read("p2@n2", "[[0,11],[1,12]]") + read("p2@n3", "[]"));
    invalid(PREFIX, "diverged", read("p1@n1", "[[0,11]]") + read("p2@n2", "[[0,12],[1,11]]"));
    invalid(PREFIX, "shrunk", read("p1@n1", "[[0,11]]") + read("p2@n1", "[]"));
    valid(
        PREFIX,
        2,
        invoke("p1@n1", "read", "0") + read("p2@n1", "[[0,11]]") + returns("p1@n1", "read", "[]"));
  }

  @Test
  void aVersionIsOneEvent() {
    String first = ok("p0", "append", "{\"expected\":0,\"event\":\"a\"}", "1");
    valid(VERSIONS, 2, first + read("p1", "[[1,\"a\"]]"));
    valid(VERSIONS, 1, first + fail("p1", "append", "{\"expected\":0,\"event\":\"b\"}"));
    invalid(VERSIONS, "two-events", first + read("p1", "[[1,\"b\"]]"));
    invalid(VERSIONS, "hole", read("p1", "[[1,\"a\"],[3,\"b\"]]"));
    invalid(VERSIONS, "hole", read("p1", "[[2,\"b\"]]"));
    invalid(VERSIONS, "not-next", ok("p0", "append", "{\"expected\":0,\"event\":\"a\"}", "2"));
    invalid(
        VERSIONS,
        "same-expected",
        first + ok("p1", "append", "{\"expected\":0,\"event\":\"b\"}", "1"));
  }

  @Test
  void aViewIsWhatTheLogMakesOfIt() {
    valid(
        FAITHFUL,
        2,
        LOG
            + query("p1", "", "{\"position\":2,\"state\":[11,12]}")
            + query("p1", "", "{\"position\":1,\"state\":11}"));
    valid(FAITHFUL, 0, LOG + query("p1", "", "{\"position\":3,\"state\":[11,12,13]}"));
    invalid(FAITHFUL, "not-the-fold", LOG + query("p1", "", "{\"position\":2,\"state\":[12,11]}"));
    invalid(FAITHFUL, "not-the-fold", LOG + query("p1", "", "{\"position\":2,\"state\":34}"));
    unknown(FAITHFUL, LOG + query("p1", "", "{\"position\":2,\"state\":\"x\"}"));
  }

  @Test
  void aSessionsViewGoesOn() {
    String second = query("p1", "", "{\"position\":2,\"state\":23}");
    valid(POSITION, 2, second + query("p2", "", "{\"position\":1,\"state\":11}"));
    invalid(POSITION, "backwards", second + query("p1", "", "{\"position\":1,\"state\":11}"));
    invalid(POSITION, "before-token", query("p1", "2", "{\"position\":1,\"state\":11}"));
  }
}
