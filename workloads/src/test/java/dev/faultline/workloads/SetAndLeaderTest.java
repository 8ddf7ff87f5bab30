package dev.faultline.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.gen.Rehearsal;
import dev.faultline.harness.gen.Rehearsal.Call;
import dev.faultline.workloads.leader.LeaderWorkload;
import dev.faultline.workloads.set.SetWorkload;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SetAndLeaderTest {
  @Test
  void elementsAreAddedOnceAndATenthOfTheOperationsReads() {
    List<Call> calls =
        Rehearsed.of(new SetWorkload(), Map.of("keys", "3")).main(Rehearsal.okAfter(2_000_000));
    Set<Object> elements = new HashSet<>();
    Set<Object> keys = new HashSet<>();
    for (Call call : calls) {
      keys.add(String.valueOf(call.ask().key()));
      if (call.ask().f().equals("add")) {
        assertThat(elements.add(Objects.requireNonNull(call.ask().value()))).isTrue();
      }
    }
    assertThat(keys).containsExactlyInAnyOrder("s1", "s2", "s3");
    assertThat(calls).hasSizeBetween(1_800, 2_200);
    assertThat(elements.size() * 100 / calls.size()).isBetween(87, 93);
  }

  @Test
  void atTheEndEveryNodeReadsEverySetTwiceAfterItHasSettled() {
    List<Call> reads =
        Rehearsed.of(new SetWorkload(), Map.of("settle", "15s")).end(Rehearsal.okAfter(1_000_000));
    assertThat(Rehearsed.tally(reads)).isEqualTo(Map.of("read", 6));
    assertThat(reads.get(0).time()).isEqualTo(Duration.ofSeconds(15).toNanos());
    assertThat(reads.get(3).time() - reads.get(2).time())
        .isGreaterThan(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void aTimeThatIsNoneIsNamed() {
    Rehearsed bad = Rehearsed.of(new SetWorkload(), Map.of("settle", "soon"));
    assertThatThrownBy(() -> bad.workload().finalGenerator(bad.plan()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("-o settle=soon: 'soon' is not a duration");
  }

  @Test
  void everyParticipantIsAskedAllTheTimeAndResignsSometimes() {
    List<Call> calls =
        Rehearsed.of(new LeaderWorkload(), Map.of("resigns", "50"))
            .main(Rehearsal.okAfter(1_000_000));
    for (String client : List.of("c1", "c2", "c3")) {
      assertThat(calls.stream().filter(c -> c.ask().client().equals(client)).count())
          .isBetween(390L, 401L);
    }
    assertThat(Rehearsed.tally(calls).getOrDefault("resign", 0)).isBetween(30, 90);
  }
}
