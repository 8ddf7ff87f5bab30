package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LeaseTest {
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);

  private final Lease lease = new Lease(() -> {});

  @Test
  void itLapsesOnceUnlessItIsRenewed() {
    assertThat(lease.passed(STEP)).as("nothing was promised yet").isFalse();
    lease.renew(Duration.ofHours(1));
    assertThat(lease.passed(STEP)).isFalse();
    lease.renew(Duration.ofNanos(2 * STEP));
    assertThat(lease.passed(STEP)).isFalse();
    lease.renew(Duration.ofNanos(2 * STEP));
    assertThat(lease.passed(STEP)).isFalse();
    assertThat(lease.passed(STEP)).isTrue();
    assertThat(lease.passed(STEP)).isFalse();
  }

  @Test
  void beingFrozenIsNoLapse() {
    lease.renew(Duration.ofSeconds(1));
    assertThat(lease.passed(TimeUnit.MINUTES.toNanos(5))).isFalse();
  }
}
