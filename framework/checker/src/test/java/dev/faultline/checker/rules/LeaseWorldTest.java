package dev.faultline.checker.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.rules.LeaseWorld.Defect;
import dev.faultline.checker.rules.LeaseWorld.Trouble;
import dev.faultline.history.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The lease and fence rules on simulated runs: silent on the correct one, loud on each defect. */
final class LeaseWorldTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261125);
  private static final int ROUNDS = Integer.getInteger("faultline.worlds", 300);
  private static final List<String> RULES =
      List.of(
          "lease.token-order",
          "lease.one-holder-per-token",
          "lease.minimum-term",
          "lease.belief-exclusive",
          "fence.resource-order");

  private static Verdict judge(String rule, History history) {
    return Checkers.create(rule, Map.of()).check(history, Budget.standard());
  }

  @Test
  void theCorrectOneStaysSilentAndIsExamined() {
    Map<String, Long> examined = new TreeMap<>();
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      History history = new LeaseWorld(seed, Defect.NONE, List.of(Trouble.values())).run();
      for (String rule : RULES) {
        Verdict verdict = judge(rule, history);
        assertThat(verdict).as("%s, seed %d", rule, seed).isInstanceOf(Verdict.Valid.class);
        examined.merge(rule, ((Verdict.Valid) verdict).examined(), Long::sum);
      }
    }
    System.out.printf("correct: seeds %d…, %d runs, examined %s%n", SEED, ROUNDS, examined);
    assertThat(examined).allSatisfy((rule, times) -> assertThat(times).isGreaterThan(ROUNDS));
  }

  @ParameterizedTest
  @CsvSource({
    "WALL_CLOCK_SERVER, lease.minimum-term, 30, STEP",
    "NO_FENCING, fence.resource-order, 30, PAUSE_AT_WORK",
    "TTL_FROM_RESPONSE, lease.belief-exclusive, 10, SLOW_ANSWERS",
    "NO_LOCAL_EXPIRY, lease.belief-exclusive, 60, CUT_FROM_SERVER CUT_TO_SERVER",
    "TOKEN_REUSE, lease.token-order, 10, KILL_SERVER"
  })
  void eachDefectIsCaught(Defect defect, String rule, int percent, String by) {
    List<Trouble> troubles = Arrays.stream(by.split(" ")).map(Trouble::valueOf).toList();
    Map<String, Integer> caught = new TreeMap<>();
    int rounds = Math.min(ROUNDS, 200);
    for (long seed = SEED; seed < SEED + rounds; seed++) {
      History history = new LeaseWorld(seed, defect, troubles).run();
      for (String each : RULES) {
        caught.merge(each, judge(each, history) instanceof Verdict.Invalid ? 1 : 0, Integer::sum);
      }
    }
    System.out.printf("%s: seeds %d…, %d runs, caught by %s%n", defect, SEED, rounds, caught);
    assertThat(caught.get(rule)).as("%s", caught).isGreaterThan(rounds * percent / 100);
  }

  @ParameterizedTest
  @EnumSource(
      value = Defect.class,
      names = {"WALL_CLOCK_SERVER", "NO_FENCING", "TOKEN_REUSE"})
  void theseNeedTheFault(Defect defect) {
    for (long seed = SEED; seed < SEED + 50; seed++) {
      History history = new LeaseWorld(seed, defect, List.of()).run();
      for (String rule : RULES) {
        assertThat(judge(rule, history))
            .as("%s, seed %d", rule, seed)
            .isInstanceOf(Verdict.Valid.class);
      }
    }
  }
}
