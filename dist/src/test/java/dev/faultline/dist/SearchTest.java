package dev.faultline.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Race;
import dev.faultline.harness.search.Strategy;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.RunSpec;
import dev.faultline.spec.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What strategies plan, over real targets. */
class SearchTest {
  private static final int SCHEDULES = 100;

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aScheduleIsAFunctionOfSeedAndIndexAndCanBeCarriedOut(Strategy strategy) {
    for (String target : List.of("grants", "register")) {
      Trials trials = trials(target);
      Explorer one = new Explorer(trials, trials.kinds(null), strategy, 7);
      Trials others = trials(target);
      Explorer other = new Explorer(others, others.kinds(null), strategy, 7);
      Set<RunSpec> different = new HashSet<>();
      for (long index = SCHEDULES - 1; index >= 0; index--) {
        RunSpec spec = one.schedule(index);
        different.add(spec);
        trials.check(spec);
        assertFalse(spec.plan().faults().isEmpty());
        assertEquals(spec.plan(), other.schedule(index).plan());
      }
      assertEquals(SCHEDULES, different.size());
    }
  }

  @Test
  void anchoredFaultsAreMostlyAtEventsThatNodesShow() {
    Trials trials = trials("grants");
    Explorer explorer = new Explorer(trials, trials.kinds(null), Strategy.ANCHORED, 1);
    Set<String> events = new HashSet<>();
    int anchored = 0;
    int all = 0;
    for (long index = 0; index < SCHEDULES; index++) {
      for (Fault fault : explorer.schedule(index).plan().faults()) {
        all++;
        if (fault.from() instanceof Anchor.On on) {
          anchored++;
          events.add(on.event());
        }
      }
    }
    assertTrue(anchored * 2 > all, anchored + " of " + all);
    assertTrue(events.containsAll(Set.of("granted", "working", "released")), events.toString());
  }

  @Test
  void theFirstSchedulesOfTheBestAreThePlainShapesInOrder() {
    for (String target : List.of("grants", "register", "raft")) {
      Trials trials = trials(target);
      List<String> kinds = trials.kinds(null);
      Explorer explorer = new Explorer(trials, kinds, Strategy.BEST, 9);
      List<Fault> first = explorer.schedule(0).plan().faults();
      assertEquals(1, first.size());
      assertTrue(
          first.get(0) instanceof Fault.Partition p && p.shape() instanceof Shape.Isolate,
          first.toString());
      Set<String> alone = new HashSet<>();
      for (long index = 0; index < 10 + kinds.size(); index++) {
        RunSpec spec = explorer.schedule(index);
        assertEquals(spec, explorer.seeded(spec.seed()));
        Set<String> of = new HashSet<>();
        spec.plan().faults().forEach(fault -> of.addAll(fault.kinds()));
        if (of.size() == 1) {
          alone.addAll(of);
        }
      }
      assertEquals(Set.copyOf(kinds), alone);
    }
  }

  @Test
  void anotherCampaignHasOtherSchedules() {
    Trials trials = trials("register");
    Explorer one = new Explorer(trials, trials.kinds(null), Strategy.BEST, 1);
    Explorer two = new Explorer(trials, trials.kinds(null), Strategy.BEST, 2);
    assertNotEquals(one.schedule(3).plan(), two.schedule(3).plan());
  }

  @Test
  void aRaceCountsToTheFirstFailureAndSaysWhatItMissed() {
    Trials broken = trials("register:read-local");
    Race.Result found = new Race(broken, broken.kinds(null)).run(Strategy.BEST, 3, 20);
    assertEquals(3, found.schedules().size());
    assertEquals(0, found.missed());
    assertTrue(found.median() <= 20);
    Trials correct = trials("register");
    Race.Result none = new Race(correct, correct.kinds(null)).run(Strategy.SWARM, 2, 3);
    assertEquals(List.of(4L, 4L), none.schedules());
    assertEquals(2, none.missed());
  }

  private static Trials trials(String target) {
    return Trials.ofOwnLength(
        new Request(target, null, "sim", List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0));
  }
}
