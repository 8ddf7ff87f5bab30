package dev.faultline.targets.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Target.Option;
import org.junit.jupiter.api.Test;

final class ZooKeeperTargetTest {
  private final ZooKeeperTarget zookeeper = new ZooKeeperTarget();

  /** Nobody holds a lock in the register workload: a fault on the holder would never start. */
  @Test
  void aSelectorIsOfferedOnlyWhereItsEventIsSeen() {
    assertThat(zookeeper.selectors("register")).containsOnlyKeys("$leader", "$follower");
    assertThat(zookeeper.selectors("locked-counter"))
        .containsOnlyKeys("$leader", "$follower", "$holder");
    assertThat(zookeeper.selectors("leader")).containsOnlyKeys("$leader", "$follower", "$elected");
  }

  @Test
  void theLibrariesOfEachVersionAreThere() {
    Option curator =
        zookeeper.options().stream().filter(o -> o.name().equals("curator")).findFirst().get();
    assertThat(curator.values()).containsExactly("5.7.0", "5.6.0");
    for (String version : curator.values()) {
      assertThat(ZooKeeperTarget.libraries(version))
          .contains("/clients/curator-recipes-" + version + ".jar")
          .allSatisfy(jar -> assertThat(ZooKeeperTarget.class.getResource(jar)).isNotNull());
    }
  }
}
