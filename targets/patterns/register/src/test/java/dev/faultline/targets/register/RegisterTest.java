package dev.faultline.targets.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.spec.Ending;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
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

  /** What the other ending hides: healed again, all are there. */
  @Test
  void whoWaitsForAllMakesNoProgressWhereOnlyAMajorityIsHealed() {
    Trials trials = Trials.of(spec("register:waits-for-all"));
    Trials correct = Trials.of(spec("register"));
    for (long seed = 1; seed <= 3; seed++) {
      for (Ending ending : List.of(Ending.ALL, Ending.MAJORITY)) {
        boolean majority = ending == Ending.MAJORITY;
        assertThat(verdict(trials, seed, ending))
            .as("seed %d", seed)
            .isEqualTo(majority ? "INVALID live.progress" : "VALID");
        assertThat(verdict(correct, seed, ending)).as("seed %d", seed).isEqualTo("VALID");
      }
    }
  }

  private static RunSpec spec(String target) {
    return Experiment.plan(
        new Request(target, null, "sim", List.of(), null, List.of(), Map.of(), TIME, 1L, 0, 0, 0));
  }

  private static String verdict(Trials trials, long seed, Ending ending) {
    RunSpec spec = trials.base().with(seed, FaultPlan.NONE, Duration.ofSeconds(1)).ending(ending);
    Judgement judged = trials.run(spec).judgement();
    Judgement.Finding finding = judged.headline();
    return judged.status() + (finding == null ? "" : " " + finding.property());
  }
}
