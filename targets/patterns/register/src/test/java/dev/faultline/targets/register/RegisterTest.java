package dev.faultline.targets.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.history.History;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Ending;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import dev.faultline.spec.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Who is asked and when may change; what is asked, in its order, may not. */
  @Test
  void deletingAFaultLeavesWhatIsAskedAsItWas() {
    Fault cut =
        new Fault.Partition(
            "f1",
            new Anchor.At(Duration.ofMillis(300)),
            Duration.ofMillis(1_200),
            new Shape.Isolate("n3"),
            Fault.Direction.BOTH,
            Fault.Mode.DROP);
    Fault pause =
        new Fault.Pause("f2", new Anchor.At(Duration.ofSeconds(2)), Duration.ofMillis(300), "n1");
    Trials trials = Trials.of(spec("register"));
    List<History> histories = new ArrayList<>();
    for (List<Fault> faults : List.of(List.of(cut, pause), List.of(pause))) {
      RunSpec spec = trials.base().with(3, new FaultPlan(faults), Duration.ofSeconds(3));
      histories.add(trials.run(spec).history());
    }
    Map<String, List<String>> with = asked(histories.get(0));
    Map<String, List<String>> without = asked(histories.get(1));
    long compared = 0;
    for (Map.Entry<String, List<String>> key : with.entrySet()) {
      List<String> other = without.getOrDefault(key.getKey(), List.of());
      int common = Math.min(key.getValue().size(), other.size());
      assertThat(key.getValue().subList(0, common)).isEqualTo(other.subList(0, common));
      compared += common;
    }
    assertThat(histories.get(0).hash()).isNotEqualTo(histories.get(1).hash());
    assertThat(compared).isGreaterThan(200);
  }

  private static Map<String, List<String>> asked(History history) {
    Map<String, List<String>> asked = new TreeMap<>();
    history
        .operations(op -> !"progress".equals(op.key()))
        .forEach(op ->
            asked
                .computeIfAbsent(String.valueOf(op.key()), k -> new ArrayList<>())
                .add(op.f() + " " + op.input()));
    return asked;
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
