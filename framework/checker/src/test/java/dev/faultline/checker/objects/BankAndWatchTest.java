package dev.faultline.checker.objects;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.judge;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.objects.Histories.fail;
import static dev.faultline.checker.objects.Histories.info;
import static dev.faultline.checker.objects.Histories.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code bank.total} and the rules {@code watch.*}. */
final class BankAndWatchTest {
  private static final String TOTAL = "bank.total";
  private static final String GAP = "watch.no-gap";
  private static final String ORDER = "watch.order";
  private static final String FAITHFUL = "watch.faithful";

  private static final String OPEN =
      ok("p0", "open", "{\"account\":\"a1\",\"balance\":100}", "")
          + ok("p0", "open", "{\"account\":\"a2\",\"balance\":100}", "");

  private static String balances(String accounts) {
    return ok("p1", "read", "", accounts);
  }

  @Test
  void theSumStaysWhateverIsTransferred() {
    valid(TOTAL, 2, OPEN + balances("{\"a1\":100,\"a2\":100}") + balances("{\"a1\":0,\"a2\":200}"));
    invalid(TOTAL, "wrong-total", OPEN + balances("{\"a1\":60,\"a2\":100}"));
    invalid(TOTAL, "negative", OPEN + balances("{\"a1\":-1,\"a2\":201}"));
  }

  @Test
  void accountsCountFromTheirOpening() {
    String early = info("p0", "open", "{\"account\":\"a3\",\"balance\":50}");
    valid(TOTAL, 1, OPEN + early + balances("{\"a1\":100,\"a2\":100}"));
    valid(TOTAL, 1, OPEN + early + balances("{\"a1\":100,\"a2\":100,\"a3\":50}"));
    invalid(TOTAL, "missing-account", OPEN + balances("{\"a1\":100}"));
    invalid(TOTAL, "unknown-account", OPEN + balances("{\"a1\":100,\"a2\":50,\"a4\":50}"));
    valid(TOTAL, 1, balances("{}"));
  }

  @Test
  void aTotalMayBeGiven() {
    Map<String, Object> params = Map.of("total", 10L, "negative", true);
    assertThat(judge(TOTAL, params, balances("{\"a\":-5,\"b\":15}")))
        .isInstanceOf(Verdict.Valid.class);
    assertThat(judge(TOTAL, params, balances("{\"a\":5,\"b\":15}")))
        .isInstanceOf(Verdict.Invalid.class);
  }

  private static final String PUTS =
      ok("p0", "put", "key=w1 11", "key=w1 1") + ok("p0", "put", "key=w2 12", "key=w2 2");

  private static String watch(int from, String events, int next) {
    return ok(
        "p1",
        "watch",
        "{\"from\":%d}".formatted(from),
        "{\"events\":%s,\"next\":%d}".formatted(events, next));
  }

  private static final String BOTH = "[[1,\"w1\",11],[2,\"w2\",12]]";

  @Test
  void whatLiesInTheRangeIsTold() {
    valid(GAP, 2, PUTS + watch(1, BOTH, 3));
    valid(GAP, 2, PUTS + watch(1, "[[1,\"w1\",11]]", 2) + watch(2, "[[2,\"w2\",12]]", 3));
    invalid(GAP, "gap", PUTS + watch(1, "[[2,\"w2\",12]]", 3));
    invalid(GAP, "gap", PUTS + watch(1, "[[1,\"w1\",11]]", 2) + watch(2, "[]", 3));
    valid(GAP, 2, PUTS + fail("p1", "watch", "{\"from\":1}") + watch(1, BOTH, 3));
  }

  @Test
  void whatAnotherWatchToldCountsToo() {
    String unknownPut = info("p2", "put", "key=w1 13");
    invalid(GAP, "gap", PUTS + unknownPut + watch(3, "[[3,\"w1\",13]]", 4) + watch(1, BOTH, 4));
  }

  @Test
  void aWatchThatDidNotComeSoFarLeftNothingOut() {
    assertThat(unknown(GAP, PUTS + watch(1, "[[1,\"w1\",11]]", 2))).contains("revision 2");
  }

  @Test
  void revisionsGoUpWithinTheRange() {
    valid(ORDER, 2, watch(1, BOTH, 3));
    invalid(ORDER, "backwards", watch(1, "[[2,\"w2\",12],[1,\"w1\",11]]", 3));
    invalid(ORDER, "twice", watch(1, "[[1,\"w1\",11],[1,\"w1\",11]]", 3));
    valid(ORDER, 2, watch(1, "[[1,\"w1\",11],[1,\"w2\",11]]", 3));
    invalid(ORDER, "out-of-range", watch(2, BOTH, 3));
    invalid(ORDER, "out-of-range", watch(1, BOTH, 2));
  }

  @Test
  void anEventIsWhatWasPut() {
    valid(FAITHFUL, 2, PUTS + watch(1, BOTH, 3));
    invalid(FAITHFUL, "two-values", PUTS + watch(1, "[[1,\"w1\",99]]", 2));
    invalid(FAITHFUL, "never-put", PUTS + watch(3, "[[3,\"w1\",99]]", 4));
    invalid(FAITHFUL, "refused", fail("p2", "put", "key=w1 13") + watch(3, "[[3,\"w1\",13]]", 4));
    invalid(FAITHFUL, "too-early", watch(1, "[[1,\"w1\",11]]", 2) + PUTS);
  }
}
