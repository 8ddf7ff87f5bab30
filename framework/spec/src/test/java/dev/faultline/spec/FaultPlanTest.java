package dev.faultline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultPlanTest {
  private static final String PLAN =
      """
      {"faults": [
        {"id":"f1","do":"partition","groups":[["n1"],["n2","n3"]],"from":{"at":"2s"},"for":"5s"},
        {"do":"partition","isolate":"$leader","direction":"out","from":{"at":"2s"},"for":"5s"},
        {"do":"partition","bridge":"n1","mode":"refuse","from":{"at":"2s"},"for":"5s"},
        {"do":"partition","ring":true,"mode":"hold","from":{"at":"2s"},"for":"5s"},
        {"do":"partition","pairs":[["n1","n2"]],"from":{"at":"2s"},"for":"5s"},
        {"do":"kill","node":"$event","from":{"on":"granted","nth":2,"plus":"10ms"},"for":"1s"},
        {"do":"pause","node":"$holder","from":{"on":"granted","after":"2s"},"for":"1.5s"},
        {"do":"kill","node":"n1","disk":"torn","from":{"at":"2s"},"for":"1s"},
        {"do":"kill","node":"n1","disk":"lose-unsynced","from":{"at":"2s"},"for":"1s"},
        {"do":"kill","node":"n1","disk":"wipe","from":{"at":"2s"},"for":"1s"},
        {"do":"stop","node":"n1","from":{"at":"2s"},"for":"1s"},
        {"do":"disk","node":"n1","stall":true,"full":true,"corrupt":true,"slow":"20ms",
         "from":{"at":"2s"},"for":"1s"},
        {"do":"clock","node":"n3","offset":"-2s","drift":"20000ppm","from":{"at":"4s"},"for":"3s"},
        {"do":"admin","action":"remove","node":"n3","from":{"at":"4s"},"for":"3s"},
        {"do":"admin","action":"replace","node":"n3","from":{"at":"4s"},"for":"3s"},
        {"do":"admin","action":"transfer","node":"$leader","from":{"at":"4s"},"for":"3s"},
        {"do":"clock","node":"n3","freeze":true,"from":{"at":"4s"},"for":"3s"},
        {"do":"clock","node":"n3","offset":"1s","strobe":"200ms","means":"time-path",
         "from":{"at":"4s"},"for":"3s"},
        {"do":"link","source":"n1","target":"n2","latency":"200ms","jitter":"5ms","bandwidth":64,
         "reset":true,"hang":true,"slow-close":"1s","loss":20,"duplicate":100,
         "reorder":"30ms","reset-after":2000,"slice":9,"corrupt":4,"from":{"at":"1s"},"for":"9s"}]}
      """;

  private static FaultPlan plan(String text) {
    return FaultPlan.fromJson(JsonView.parse("plan.json", text));
  }

  @Test
  void everyFaultSurvivesItsJsonForm() {
    FaultPlan plan = plan(PLAN);
    assertThat(plan(Json.write(plan.toJson()))).isEqualTo(plan);
    assertThat(plan.faults()).extracting(Fault::id).doesNotHaveDuplicates().hasSize(19);
  }

  @Test
  void aPlanNamesTheKindsThatOccur() {
    assertThat(plan(PLAN).kinds()).containsExactlyInAnyOrderElementsOf(FaultKinds.all());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"do":"explode","from":{"at":"1s"},"for":"1s"}            | faults[0]: no fault 'explode'; known: partition
          {"do":"pause","from":{"at":"1s"},"for":"1s"}              | faults[0]: no 'node'
          {"do":"pause","node":"n1","from":{"at":"1"},"for":"1s"}   | faults[0].from.at: '1' is not a duration
          {"do":"pause","node":"n1","from":{"at":"1s"},"for":"0s"}  | 'for' must be longer than 0
          {"do":"pause","nodes":"n1","from":{"at":"1s"},"for":"1s"} | unknown 'nodes'
          {"do":"clock","node":"n1","from":{"at":"1s"},"for":"1s"}  | needs an offset, a drift or freeze
          {"do":"clock","node":"n","drift":"2","from":{"at":"1s"},"for":"1s"}   | not a rate error
          {"do":"partition","from":{"at":"1s"},"for":"1s"}          | needs one of groups
          {"do":"link","source":"a","target":"b","from":{"at":"1s"},"for":"1s"} | needs one of latency
          {"do":"partition","isolate":"a","mode":"x","from":{"at":"1s"},"for":"1s"} | unknown 'x'; known: drop
          """)
  void saysWhereAPlanIsWrong(String fault, String message) {
    assertThatThrownBy(() -> plan("{\"faults\":[" + fault + "]}"))
        .hasMessageStartingWith("plan.json, faults[0]")
        .hasMessageContaining(message);
  }

  @Test
  void twoFaultsMayNotShareAnId() {
    String fault =
        "{\"id\":\"f\",\"do\":\"ring\"}"
            .replace("\"ring\"", "\"partition\",\"ring\":true")
            .replace("}", ",\"from\":{\"at\":\"1s\"},\"for\":\"1s\"}");
    assertThatThrownBy(() -> plan("{\"faults\":[" + fault + "," + fault + "]}"))
        .hasMessageContaining("two faults are called 'f'");
  }

  @Test
  void aClaimCountsOnlyInsideItsFaults() {
    Claim claim = Claim.of("linearizable", "README", "partition", "kill");
    assertThat(claim.outside(FaultPlan.NONE, Map.of())).isNull();
    assertThat(claim.outside(plan(PLAN), Map.of())).isEqualTo("not claimed under pause");
  }

  @Test
  void aClaimOnKillsDoesNotCoverALostDisk() {
    Claim claim = Claim.of("linearizable", "README", "kill");
    String kill =
        "{'faults':[{'do':'kill','node':'n1','disk':'%s','from':{'at':'1s'},'for':'1s'}]}";
    assertThat(claim.outside(plan(kill.formatted("torn").replace('\'', '"')), Map.of())).isNull();
    assertThat(claim.outside(plan(kill.formatted("wipe").replace('\'', '"')), Map.of()))
        .isEqualTo("not claimed under kill.wipe");
    assertThat(FaultKinds.expand("kill")).doesNotContain("kill.wipe").contains("kill.torn");
    assertThat(FaultKinds.expand("kill.wipe")).containsExactly("kill.wipe");
  }
}
