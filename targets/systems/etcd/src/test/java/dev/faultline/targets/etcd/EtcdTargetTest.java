package dev.faultline.targets.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EtcdTargetTest {
  /** Nobody holds a lock in the register workload: a fault on the holder would never start. */
  @Test
  void aSelectorIsOfferedOnlyWhereItsEventIsSeen() {
    EtcdTarget etcd = new EtcdTarget();
    assertThat(etcd.selectors("register")).containsOnlyKeys("$leader");
    assertThat(etcd.selectors("locked-counter")).containsOnlyKeys("$leader", "$holder");
  }
}
