package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Link;
import dev.faultline.spec.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was carried out becomes a plan that needs nobody's events. */
final class ObservedPlanTest {
  private final List<Entry> lines = new ArrayList<>();

  private static FaultPlan plan(String faults) {
    return FaultPlan.fromJson(
        JsonView.of("plan", Json.readObject(("{'faults':[" + faults + "]}").replace('\'', '"'))));
  }

  /** At 1.5 s the fault started, and this is what it meant. */
  private void started(String id, Map<String, @Nullable Object> resolved) {
    lines.add(
        new Entry.Fault(
            lines.size(), 1_500_000_000L, "any", id, Entry.Phase.START, Map.copyOf(resolved)));
  }

  private List<Fault> observed(FaultPlan plan) {
    List<Fault> faults = ObservedPlan.of(plan, History.of(lines)).faults();
    assertThat(faults)
        .allSatisfy(f -> assertThat(f.from()).isEqualTo(new Anchor.At(Duration.ofMillis(1_500))));
    return faults;
  }

  @Test
  void whatNeverStartedIsLeftOut() {
    FaultPlan plan =
        plan(
            "{'id':'a','do':'pause','node':'$event','from':{'on':'granted'},'for':'1s'},"
                + "{'id':'b','do':'kill','node':'n1','from':{'at':'1s'},'for':'1s'}");
    started("b", Map.of("node", "n1"));
    assertThat(observed(plan)).extracting(Fault::id).containsExactly("b");
  }

  @Test
  void aSelectorIsWhomItMeant() {
    started("f1", Map.of("node", "h2", "lateNanos", 5L));
    Fault fault =
        observed(plan("{'do':'pause','node':'$event','from':{'on':'granted'},'for':'2s'}")).get(0);
    assertThat(fault).isInstanceOf(Fault.Pause.class);
    assertThat(((Fault.Pause) fault).node()).isEqualTo("h2");
    assertThat(fault.lasting()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aCutAroundASelectorIsTheLinksThatItCut() {
    started("f1", Map.of("links", List.of("h2→log", "log→h2")));
    Fault fault =
        observed(
                plan(
                    "{'do':'partition','isolate':'$holder','mode':'refuse','from':{'at':'1s'},"
                        + "'for':'2s'}"))
            .get(0);
    assertThat(((Fault.Partition) fault).shape())
        .isEqualTo(new Shape.Pairs(List.of(new Link("h2", "log"), new Link("log", "h2"))));
    assertThat(((Fault.Partition) fault).mode()).isEqualTo(Fault.Mode.DROP);
  }

  @Test
  void aLinkAtASelectorIsAFaultForEachDirection() {
    started("f1", Map.of("links", List.of("h2→log", "log→h2")));
    List<Fault> faults =
        observed(
            plan(
                "{'do':'link','source':'$holder','target':'log','latency':'100ms',"
                    + "'from':{'on':'granted','plus':'10ms'},'for':'2s'}"));
    assertThat(faults).extracting(Fault::id).containsExactly("f1-1", "f1-2");
    assertThat(faults).extracting(f -> ((Fault.LinkFault) f).source()).containsExactly("h2", "log");
    assertThat(faults)
        .allSatisfy(
            f -> assertThat(((Fault.LinkFault) f).direction()).isEqualTo(Fault.Direction.OUT));
  }

  @Test
  void whatNamesNodesStaysAsItIs() {
    started("f1", Map.of("links", List.of("n1→n2", "n1→n3")));
    Fault fault =
        observed(
                plan(
                    "{'do':'partition','groups':[['n1'],['n2','n3']],'direction':'out',"
                        + "'from':{'on':'stored'},'for':'2s'}"))
            .get(0);
    assertThat(((Fault.Partition) fault).shape()).isInstanceOf(Shape.Groups.class);
    assertThat(((Fault.Partition) fault).direction()).isEqualTo(Fault.Direction.OUT);
  }
}
