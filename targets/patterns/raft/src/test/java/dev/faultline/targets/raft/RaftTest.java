package dev.faultline.targets.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The correct form stays silent, each broken one is caught. */
final class RaftTest {
  private static final List<String> CLAIMED =
      List.of("partition", "link.latency", "pause", "kill", "clock.step");
  private static final Map<String, String> QUICK = Map.of("election", "200ms");

  private static final String ONE_LOG = "log.no-divergent-commit";
  private static final String ONE_LEADER = "leader.one-per-term";

  @TempDir private Path dir;

  @Test
  void theCorrectOneIsSilentUnderAllThatItClaimsToBear() {
    Explorer explorer = explorer("raft");
    for (long i = 0; i < 200; i++) {
      explorer.attempt(i);
    }
    assertThat(explorer.summary().findings()).isEmpty();
    assertThat(explorer.summary().notCounted()).isLessThan(60);
  }

  @Test
  void aDeposedLeaderThatReadsAloneReadsOldValues() {
    assertThat(found("leader-local-read", 400)).contains("linearizable");
  }

  @Test
  void entriesThatWereAcknowledgedTooEarlyAreLost() {
    assertThat(found("ack-before-fsync", 400)).containsAnyOf("linearizable", ONE_LOG);
  }

  @Test
  void halvesDecideEachForItself() {
    assertThat(found("half-quorum", 400)).containsAnyOf("linearizable", ONE_LOG, ONE_LEADER);
  }

  @Test
  void anEntryOfAnOldTermThatAMajorityHasCanBeOverwritten() {
    Simulated runs = new Simulated(dir);
    String plan = "raft-commit-old-term";
    Duration time = Duration.ofSeconds(12);
    assertThat(runs.by(plan, "raft:commit-old-term", time, 1, Map.of()))
        .isEqualTo("INVALID " + ONE_LOG);
    assertThat(runs.by(plan, "raft", time, 1, Map.of())).isEqualTo("VALID");
  }

  @Test
  void aVoterThatForgotItsVoteElectsTwoLeadersInATerm() {
    Simulated runs = new Simulated(dir);
    String plan = "raft-no-persist-vote";
    Duration time = Duration.ofSeconds(10);
    assertThat(runs.by(plan, "raft:no-persist-vote", time, 3, Map.of()))
        .isEqualTo("INVALID " + ONE_LEADER);
    assertThat(runs.by(plan, "raft", time, 3, Map.of())).isEqualTo("VALID");
  }

  @ParameterizedTest
  @EnumSource(names = "HALF_QUORUM", mode = EnumSource.Mode.EXCLUDE)
  void withoutFaultsNoDefectShows(Defect defect) {
    String target = "raft:" + defect.variant();
    Duration time = Duration.ofSeconds(4);
    assertThat(new Simulated(dir).under(target, time, 1)).isEqualTo("VALID");
  }

  /** The properties that some schedule breaks. */
  private static Set<String> found(String variant, int schedules) {
    Explorer explorer = explorer("raft:" + variant);
    Set<String> broken = new TreeSet<>();
    for (long i = 0; i < schedules && broken.isEmpty(); i++) {
      explorer.attempt(i).judgement().findings().stream()
          .filter(Judgement.Finding::fails)
          .forEach(f -> broken.add(f.property()));
    }
    return broken;
  }

  private static Explorer explorer(String target) {
    Request request =
        new Request(
            target,
            null,
            "sim",
            List.of(),
            null,
            List.of(),
            QUICK,
            Duration.ofSeconds(5),
            1L,
            0,
            0,
            0);
    return new Explorer(Trials.of(Experiment.plan(request)), CLAIMED, Strategy.SWARM, 1);
  }
}
