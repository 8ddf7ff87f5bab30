package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.search.Summary;
import dev.faultline.junit.SimTest;

/** {@code @SimTest} as a user of the assembled whole writes it; the first is the README's. */
class SearchedTest {
  @SimTest(target = "grants", schedules = 100)
  void nobodyWritesWithAnOldToken(Summary search) {
    assertThat(search.notCounted()).isLessThan(50);
    assertThat(search.schedules()).isEqualTo(100);
  }

  @SimTest(
      target = "grants:no-fencing",
      schedules = 100,
      verdict = Status.INVALID,
      property = "fence.resource-order")
  void withoutFencingSomebodyDoes() {}
}
