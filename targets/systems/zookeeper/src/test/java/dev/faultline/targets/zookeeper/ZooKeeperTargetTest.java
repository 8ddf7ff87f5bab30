package dev.faultline.targets.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Client;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.Target.Option;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Map;
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

  /** The harness has none of them: the target must do without until a host opens a session. */
  @Test
  void theTargetNeedsNoneOfThem() throws Exception {
    try (Bare bare = new Bare()) {
      Target target =
          (Target) bare.loadClass(ZooKeeperTarget.class.getName()).getConstructor().newInstance();
      Setup setup =
          new Setup(
              "correct",
              "containers",
              Map.of("curator", "5.6.0"),
              0,
              0,
              0,
              Duration.ofSeconds(1),
              1);
      assertThat(target.deployment(setup).members()).hasSize(3);
      assertThat(target.timing(setup).detection()).isEqualTo(ZooKeeperTarget.SILENCE);
      for (String offered : target.interfaces()) {
        Client client = target.client(offered, setup);
        assertThat(((Client.Blocking) client).libraries()).hasSize(5);
        assertThat(client.definite("cas")).containsExactly("mismatch");
        assertThat(client.definite("write")).isEmpty();
      }
    }
  }

  /** Loads the target's own classes anew, and no library. */
  private static final class Bare extends URLClassLoader {
    Bare() {
      super(
          new URL[] {ZooKeeperTarget.class.getProtectionDomain().getCodeSource().getLocation()},
          Target.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(ZooKeeperTarget.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
