package dev.faultline.targets.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Setup;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EtcdTargetTest {
  /** Nobody holds a lock in the register workload: a fault on the holder would never start. */
  @Test
  void aSelectorIsOfferedOnlyWhereItsEventIsSeen() {
    EtcdTarget etcd = new EtcdTarget();
    assertThat(etcd.selectors("register")).containsOnlyKeys("$leader");
    assertThat(etcd.selectors("locked-counter")).containsOnlyKeys("$leader", "$holder");
  }

  @Test
  void whatAnOperationMayFailForIsDeclaredForEachFunction() {
    EtcdTarget etcd = new EtcdTarget();
    Setup setup = new Setup("correct", "containers", Map.of(), 0, 0, 0, Duration.ofSeconds(1), 1);
    assertThat(etcd.client("register", setup).definite("cas")).contains("mismatch");
    assertThat(etcd.client("register", setup).definite("write")).containsExactly("not sent: ");
    assertThat(etcd.client("locked-counter", setup).definite("increment"))
        .containsExactlyInAnyOrder("no lock: ", "no read: ", "lost the lock");
    assertThat(etcd.client("locked-counter", setup).definite("read")).isEmpty();
    assertThat(etcd.client("lease", setup).definite("renew")).containsExactly("not held");
  }
}
