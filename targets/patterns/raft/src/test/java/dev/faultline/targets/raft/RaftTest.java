package dev.faultline.targets.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Strategy;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The correct form stays silent, each broken one is caught. */
final class RaftTest {
  private static final String ONE_LOG = "log.no-divergent-commit";
  private static final String ONE_LEADER = "leader.one-per-term";

  @TempDir private Path dir;

  @Test
  void theCorrectOneIsSilentUnderAllThatItClaimsToBear() {
    Explorer explorer = explorer("raft");
    for (long i = 0; i < 300; i++) {
      explorer.attempt(i);
    }
    assertThat(explorer.summary().findings()).isEmpty();
    assertThat(explorer.summary().notCounted()).isLessThan(45);
  }

  @ParameterizedTest
  @CsvSource({
    "leader-local-read, linearizable, 300",
    "ack-before-fsync, " + ONE_LOG + ", 2500",
    "half-quorum, linearizable, 300",
  })
  void aSearchFindsIt(String variant, String property, int schedules) {
    assertThat(shows(explorer("raft:" + variant), property, schedules)).isTrue();
  }

  /** It forgets how it voted and what it promised to keep; so no claim covers it. */
  @Test
  void aNodeThatLosesItsDiskBreaksEvenTheCorrectOne() {
    Request request =
        new Request(
            "raft", null, "sim", List.of(), null, List.of("all"), Map.of(), null, 1L, 0, 0, 0);
    Trials trials = Trials.ofOwnLength(request);
    assertThat(trials.kinds(null)).doesNotContain("kill.wipe").contains("stop");
    Explorer explorer = new Explorer(trials, List.of("kill.wipe"), Strategy.BEST, 1);
    assertThat(shows(explorer, ONE_LOG, 600)).isTrue();
  }

  /**
   * It has lost a record, and says so instead of going on; without a checksum logs diverged here.
   */
  @Test
  void aNodeWhoseDiskFlippedAByteEndsAndNothingElseBreaks() {
    String plan =
        """
        {"faults": [
          {"id": "f1", "do": "disk", "node": "n1", "corrupt": true, "from": {"at": "1s"}, "for": "500ms"},
          {"id": "f2", "do": "disk", "node": "n2", "corrupt": true, "from": {"at": "1s"}, "for": "500ms"},
          {"id": "f3", "do": "kill", "node": "n1", "from": {"at": "2s"}, "for": "500ms"},
          {"id": "f4", "do": "kill", "node": "n2", "from": {"at": "4s"}, "for": "500ms"}]}
        """;
    FaultPlan faults = FaultPlan.fromJson(JsonView.parse("plan", plan));
    Set<String> broken = new TreeSet<>();
    for (long seed = 1; seed <= 5; seed++) {
      Request request =
          new Request(
              "raft",
              null,
              "sim",
              null,
              faults,
              List.of("all"),
              Map.of(),
              Duration.ofSeconds(6),
              seed,
              0,
              0,
              0);
      Experiment.run(Experiment.plan(request), dir.resolve("run" + seed), Progress.NONE)
          .judgement()
          .findings()
          .stream()
          .filter(Judgement.Finding::fails)
          .forEach(f -> broken.add(f.property()));
    }
    broken.remove("live.progress");
    assertThat(broken).containsExactly("node.no-crash");
  }

  private static boolean shows(Explorer explorer, String property, int schedules) {
    Set<String> broken = new TreeSet<>();
    for (long i = 0; i < schedules && !broken.contains(property); i++) {
      explorer.attempt(i).judgement().findings().stream()
          .filter(Judgement.Finding::fails)
          .forEach(f -> broken.add(f.property()));
    }
    return broken.contains(property);
  }

  /** A plan leaves to chance who stands first: it shows the defect for most seeds, not for all. */
  @ParameterizedTest
  @CsvSource({
    "leader-local-read, linearizable",
    "ack-before-fsync, linearizable",
    "no-persist-vote, " + ONE_LEADER,
    "grant-stale-term, " + ONE_LEADER,
    "commit-old-term, " + ONE_LOG,
    "half-quorum, linearizable",
  })
  void itsPlanShowsEachDefectAndNothingInTheCorrectForm(String variant, String property) {
    Simulated runs = new Simulated(dir);
    int shown = 0;
    for (long seed = 1; seed <= 6; seed++) {
      String broken = runs.by("raft-" + variant, "raft:" + variant, seed, 0);
      assertThat(broken).isIn("VALID", "INVALID " + property);
      shown += broken.equals("VALID") ? 0 : 1;
      int nodes = Defect.of(variant).nodes();
      assertThat(runs.by("raft-" + variant, "raft", seed, nodes)).isEqualTo("VALID");
    }
    assertThat(shown).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = "HALF_QUORUM", mode = EnumSource.Mode.EXCLUDE)
  void withoutFaultsNoDefectShows(Defect defect) {
    String target = "raft:" + defect.variant();
    Duration time = Duration.ofSeconds(4);
    assertThat(new Simulated(dir).under(target, time, 1)).isEqualTo("VALID");
  }

  private static Explorer explorer(String target) {
    Request request =
        new Request(target, null, "sim", List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0);
    Trials trials = Trials.ofOwnLength(request);
    return new Explorer(trials, trials.kinds(null), Strategy.BEST, 1);
  }
}
