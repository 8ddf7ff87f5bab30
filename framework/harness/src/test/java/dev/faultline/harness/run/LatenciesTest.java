package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.gen.Generator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private static final long MILLI = 1_000_000;
  private static final long SLOW = 100 * MILLI;

  /** Operations every 50 ms from the start, by one client whose calls take 100 ms each. */
  private static Map<String, @Nullable Object> measured(boolean paced) {
    Latencies latencies = new Latencies();
    for (long n = 0; n < 30; n++) {
      long invoked = n * SLOW;
      long intended = paced ? n * SLOW / 2 : Generator.Ask.AT_ONCE;
      latencies.ended(
          new Generator.Ask("c1", "read", null, null, intended), invoked, invoked + SLOW);
    }
    return latencies.facts().get(0);
  }

  private static long millis(Map<String, @Nullable Object> facts, String name) {
    return facts.get(name) instanceof Long nanos ? nanos / MILLI : -1;
  }

  @Test
  void withoutAPaceAnOperationTakesAsLongAsItsCall() {
    Map<String, @Nullable Object> facts = measured(false);
    assertThat(facts).containsEntry("f", "read").containsEntry("from", "invoked");
    assertThat(facts).containsEntry("count", 30L);
    assertThat(millis(facts, "p50")).isBetween(99L, 101L);
    assertThat(millis(facts, "max")).isBetween(99L, 101L);
  }

  /**
   * 20 a second are wanted, and the target lets 10 through: what waits for a client is slow too.
   */
  @Test
  void anOpenPaceCountsFromWhenAnOperationWasIntended() {
    Map<String, @Nullable Object> facts = measured(true);
    assertThat(facts).containsEntry("from", "intended").containsEntry("count", 30L);
    assertThat(millis(facts, "p50")).isBetween(790L, 870L);
    assertThat(millis(facts, "max")).isBetween(1540L, 1580L);
  }
}
