package dev.faultline.harness.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Call;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

  @Test
  void whatAFaultDoesBesideOtherThingsIsLeftOut() {
    assertThat(kinds("{'do':'kill','node':'n1','disk':'torn','from':{'at':'2ms'},'for':'33ms'}"))
        .contains("kill");
    assertThat(
            kinds(
                "{'do':'disk','node':'n1','stall':true,'full':true,'from':{'at':'2ms'},"
                    + "'for':'1ms'}"))
        .startsWith("disk.full", "disk.stall");
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

  @Test
  void forRealEverythingMayTakeTwiceAsLong() {
    RunSpec spec =
        spec(
            """
            {"do": "pause", "node": "n1", "from": {"on": "granted", "plus": "10ms"}, "for": "1s"},
            {"do": "kill", "node": "n2", "from": {"at": "300ms"}, "for": "100ms"}
            """,
            new Call(Duration.ofMillis(20), "c1", "read", null, null),
            new Call(null, "c1", "read", null, null));

    List<Loosened> forms = Loosened.of(spec);

    assertThat(forms)
        .extracting(f -> f.spec().time())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(8));
    assertThat(forms.get(0).spec()).isEqualTo(spec);
    RunSpec doubled = forms.get(1).spec();
    assertThat(doubled.script()).extracting(Call::at).containsExactly(Duration.ofMillis(40), null);
    assertThat(doubled.plan().faults())
        .extracting(Fault::from)
        .containsExactly(
            new Anchor.On("granted", 1, Duration.ofMillis(20), Duration.ZERO),
            new Anchor.At(Duration.ofMillis(600)));
    assertThat(doubled.plan().faults())
        .extracting(Fault::lasting)
        .containsExactly(Duration.ofSeconds(2), Duration.ofMillis(200));
    RunSpec busy = forms.get(2).spec();
    assertThat(busy.script()).isEmpty();
    assertThat(busy.plan().faults())
        .extracting(Fault::from)
        .containsExactly(spec.plan().faults().get(0).from(), spec.plan().faults().get(1).from());
  }

  @Test
  void aScriptEndsWhereTheRunDidAndStartsAtOnce() {
    RunSpec spec =
        spec(
            "{'do':'kill','node':'n2','from':{'at':'700ms'},'for':'100ms'}".replace('\'', '"'),
            new Call(Duration.ofMillis(520), "c1", "read", null, null),
            new Call(null, "c1", "read", null, null));

    assertThat(Scripts.first(spec)).isEqualTo(Duration.ofMillis(520));
    RunSpec earlier = Scripts.earlier(spec, Duration.ofMillis(500));
    assertThat(earlier.script()).extracting(Call::at).containsExactly(Duration.ofMillis(20), null);
    assertThat(earlier.plan().faults())
        .extracting(Fault::from)
        .containsExactly(new Anchor.At(Duration.ofMillis(200)));
    assertThat(earlier.time()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void whatClientsDidIsAScriptAndRepeatedReadsAtTheEndAreOne() {
    History history =
        History.of(
            List.of(
                op(0, 5, 0, Entry.Type.INVOKE, "write", 1L),
                op(1, 6, 0, Entry.Type.OK, "write", null),
                new Entry.Node(2, 9, "harness", 1, 1, "phase", Map.of("name", "final")),
                op(3, 10, 0, Entry.Type.INVOKE, "read", null),
                op(4, 11, 0, Entry.Type.FAIL, "read", null),
                op(5, 12, 0, Entry.Type.INVOKE, "read", null),
                op(6, 13, 0, Entry.Type.OK, "read", 1L)));

    assertThat(Scripts.of(history))
        .containsExactly(
            new Call(Duration.ofNanos(5), "c1", "write", "x", 1L),
            new Call(null, "c1", "read", "x", null));
  }

  private static Entry op(
      long index, long time, int process, Entry.Type type, String f, @Nullable Object value) {
    String error = type == Entry.Type.FAIL ? "busy" : null;
    return new Entry.Op(index, time, process, type, f, "x", value, error, "c1", "n1", false);
  }

  private static RunSpec spec(String faults, Call... calls) {
    FaultPlan plan = FaultPlan.fromJson(JsonView.parse("plan", "{\"faults\": [" + faults + "]}"));
    return new RunSpec(
            "r",
            "t",
            "correct",
            "w",
            "sim",
            Map.of(),
            0,
            0,
            0,
            Duration.ofSeconds(1),
            1,
            plan,
            List.of(),
            List.of(),
            List.of(),
            Map.of())
        .scripted(List.of(calls));
  }
}
