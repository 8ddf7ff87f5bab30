package dev.faultline.harness.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts of shrinking that need no cluster; whole shrinks are tested beside the targets. */
final class ShrinkerTest {
  private static final History EVENTS =
      History.of(
          List.of(
              new Entry.Node(0, 1_000_000, "n1", 1, 1, "granted", Map.of()),
              new Entry.Node(1, 2_000_000, "harness", 1, 1, "phase", Map.of())));

  @Test
  void whatIsNeededStaysInItsOrderAndAllElseGoes() {
    List<Integer> all = IntStream.range(0, 27).boxed().toList();
    List<List<Integer>> tried = new ArrayList<>();

    List<Integer> left =
        Shrinker.reduce(
            all,
            some -> {
              tried.add(some);
              return some.containsAll(List.of(3, 4, 20));
            });

    assertThat(left).containsExactly(3, 4, 20);
    assertThat(tried).hasSizeLessThan(27 * 3);
  }

  @Test
  void whatFailsWithoutAnythingIsLeftEmpty() {
    assertThat(Shrinker.reduce(List.of(1, 2, 3), some -> true)).isEmpty();
  }

  @Test
  void theLeastThatIsBadIsFoundByHalving() {
    assertThat(Shrinker.least(1, 1000, n -> n >= 137)).isEqualTo(137);
    assertThat(Shrinker.least(5, 1000, n -> true)).isEqualTo(5);
    assertThat(Shrinker.least(1, 1000, n -> false)).isEqualTo(1000);
  }

  @Test
  void aTimeBecomesRoundOrGivesWayToTheEventBeforeIt() {
    assertThat(forms("{'do':'pause','node':'n1','from':{'at':'3ms'},'for':'50ms'}"))
        .contains("{on=granted, nth=1, plus=0s}");
    assertThat(forms("{'do':'pause','node':'n1','from':{'at':'1234567us'},'for':'50ms'}"))
        .contains("{at=1.2s}", "{at=1.23s}")
        .doesNotContain("{on=granted, nth=1, plus=0s}");
  }

  @Test
  void aKillBecomesAPauseAndAPauseACut() {
    assertThat(kinds("{'do':'kill','node':'n1','from':{'at':'1s'},'for':'50ms'}"))
        .contains("pause");
    assertThat(kinds("{'do':'pause','node':'n1','from':{'at':'1s'},'for':'50ms'}"))
        .contains("partition")
        .doesNotContain("kill");
  }

  @Test
  void noChainOfSimplerFormsLeadsBack() {
    for (String fault :
        List.of(
            "{'do':'kill','node':'n1','from':{'at':'1234ms'},'for':'177ms'}",
            "{'do':'partition','groups':[['n1','n2'],['n3']],'mode':'hold','from':{'on':'granted',"
                + "'nth':2,'plus':'25ms','after':'123ms'},'for':'33ms'}",
            "{'do':'clock','node':'n1','offset':'-44ms','drift':'-9ppm','from':{'at':'2ms'},"
                + "'for':'33ms'}")) {
      Set<Fault> seen = new HashSet<>();
      Deque<Fault> next = new ArrayDeque<>(List.of(read(fault)));
      while (!next.isEmpty()) {
        Fault one = next.pop();
        for (Fault simpler : Simpler.than(one, EVENTS)) {
          assertThat(simpler).isNotEqualTo(read(fault)).isNotEqualTo(one);
          if (seen.add(simpler)) {
            next.push(simpler);
          }
        }
        assertThat(seen).hasSizeLessThan(20_000);
      }
    }
  }

  private static List<String> forms(String fault) {
    return Simpler.than(read(fault), EVENTS).stream()
        .map(f -> String.valueOf(f.from().toJson()))
        .toList();
  }

  private static List<String> kinds(String fault) {
    return Simpler.than(read(fault), EVENTS).stream().flatMap(f -> f.kinds().stream()).toList();
  }

  private static Fault read(String fault) {
    String plan = "{'faults':[" + fault + "]}";
    return FaultPlan.fromJson(JsonView.parse("plan", plan.replace('\'', '"'))).faults().get(0);
  }
}
