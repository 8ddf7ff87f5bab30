package dev.faultline.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Campaign;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Strategy;
import dev.faultline.harness.search.Summary;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Ending;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workers and shards change nothing about what a search finds. */
class CampaignTest {
  private static final int SCHEDULES = 24;

  @Test
  void threeWorkersFindWhatOneFinds() {
    Summary one = search("register:read-local", List.of("partition"), 1, 0, 1);
    assertEquals(SCHEDULES, one.schedules());
    assertFalse(one.findings().isEmpty());
    assertFalse(one.states().isEmpty());
    assertFalse(one.pairs().isEmpty());
    assertEquals(one, search("register:read-local", List.of("partition"), 3, 0, 1));
  }

  @Test
  void shardsThroughFilesMakeTheWhole() {
    Summary whole = search("register:read-local", null, 1, 0, 1);
    @Nullable Summary sum = null;
    for (int shard : List.of(2, 0, 1)) {
      Summary part = search("register:read-local", null, 1, shard, 3);
      assertEquals(SCHEDULES / 3, part.schedules());
      Summary read = Summary.fromJson(JsonView.parse("part", Json.write(part.toJson())));
      assertEquals(part.toJson(), read.toJson());
      sum = sum == null ? read : sum.plus(read);
    }
    assertEquals(whole, sum);
  }

  @Test
  void goalsAreCountedAndUnreachedOnesStayAtZero() {
    // Where nobody is cut off at the end, no lease expires.
    Trials all = trials("grants");
    Trials trials = Trials.of(all.base().ending(Ending.NONE));
    Explorer explorer = new Explorer(trials, List.of(), Strategy.BEST, 1);
    for (long index = 0; index < SCHEDULES; index++) {
      assertNotNull(explorer.attempt(index));
    }
    Summary calm = explorer.summary();
    assertEquals(Map.of("lease-expired", 0L, "expired-at-work", 0L), calm.goals());
    Summary rough = search("grants", List.of("pause"), 1, 0, 1);
    long expired = rough.goals().getOrDefault("lease-expired", 0L);
    long atWork = rough.goals().getOrDefault("expired-at-work", 0L);
    assertTrue(atWork > 0 && atWork <= expired, rough.goals().toString());
  }

  @Test
  void aScheduleOfWhichAFaultNeverCameIsNotWasted() {
    Trials trials = trials("grants");
    Explorer explorer = new Explorer(trials, trials.kinds(null), Strategy.ANCHORED, 3);
    for (long index = 0; index < 60; index++) {
      Trial trial = explorer.attempt(index);
      if (trial.judgement().heldUnderFewerFaults()) {
        assertEquals(Status.VOID, trial.judgement().status());
        assertTrue(trial.judgement().faults().stream().anyMatch(f -> f.proven()));
        assertTrue(trial.judgement().faults().stream().anyMatch(f -> !f.proven()));
      }
    }
    Summary summary = explorer.summary();
    assertTrue(summary.fewer() > 0, summary.pulse().toString());
    assertTrue(summary.notCounted() <= 6, summary.pulse().toString());
  }

  @Test
  void aDamagedSummaryIsRefusedWithThePlace() {
    JsonView view =
        JsonView.parse(
            "part.json",
            "{\"schedules\":1,\"invalid\":0,\"fewer\":0,\"notCounted\":0,\"hash\":\"xyz\",\"goals\":{},"
                + "\"findings\":[],\"states\":[],\"pairs\":[]}");
    JsonException error = assertThrows(JsonException.class, () -> Summary.fromJson(view));
    assertTrue(String.valueOf(error.getMessage()).contains("hash"), error.getMessage());
    assertTrue(String.valueOf(error.getMessage()).contains("xyz"), error.getMessage());
  }

  private static Summary search(
      String target, @Nullable List<String> faults, int workers, int shard, int shards) {
    Trials trials = trials(target);
    List<String> kinds = faults != null && faults.isEmpty() ? List.of() : trials.kinds(faults);
    Campaign campaign = new Campaign(trials, kinds, Strategy.BEST, 5, workers, shard, shards);
    campaign.run(SCHEDULES, () -> false);
    return campaign.summary();
  }

  private static Trials trials(String target) {
    return Trials.ofOwnLength(
        new Request(target, null, "sim", List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0));
  }
}
