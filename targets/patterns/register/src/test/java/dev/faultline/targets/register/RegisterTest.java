package dev.faultline.targets.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The correct form stays silent, each broken one is caught. */
final class RegisterTest {
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final String FOUND = "INVALID linearizable";

  @TempDir private Path dir;

  @Test
  void theCorrectOneIsValidUnderEverythingThatItClaimsToBear() {
    Simulated runs = new Simulated(dir);
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(runs.under("register", TIME, seed, "partition", "link", "pause", "kill", "clock"))
          .as("seed %d", seed)
          .isEqualTo("VALID");
    }
  }

  @Test
  void localReadsAreOldOnTheSideThatIsCutOff() {
    Simulated runs = new Simulated(dir);
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(runs.under("register:read-local", TIME, seed, "partition"))
          .as("seed %d", seed)
          .isEqualTo(FOUND);
    }
  }

  @Test
  void withoutWriteBackASecondReadIsOlderWhereAWriteReachedOneNodeOnly() {
    Simulated runs = new Simulated(dir);
    Duration time = Duration.ofSeconds(20);
    String plan = "register-no-write-back";
    List<String> verdicts = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      verdicts.add(runs.by(plan, "register:no-write-back", time, seed, Map.of()));
      assertThat(runs.by(plan, "register", time, seed, Map.of()))
          .as("seed %d", seed)
          .isEqualTo("VALID");
    }
    assertThat(verdicts).contains(FOUND).isSubsetOf(FOUND, "VALID");
  }
}
