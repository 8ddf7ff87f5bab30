package dev.faultline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompositionTest {
  private static FaultPlan plan(String elements) {
    return FaultPlan.fromJson(
        JsonView.parse("plan.json", "{\"faults\":[" + elements.replace('\'', '"') + "]}"));
  }

  /** {@code f1.1 kill 2s+500ms}. */
  private static List<String> told(FaultPlan plan) {
    assertThat(FaultPlan.fromJson(JsonView.of("again", plan.toJson()))).isEqualTo(plan);
    return plan.faults().stream()
        .map(f ->
            "%s %s %s+%s"
                .formatted(
                    f.id(),
                    String.join("+", f.kinds()),
                    f.from() instanceof Anchor.At at
                        ? Durations.format(at.at())
                        : Json.write(f.from().toJson()).replace('"', '\''),
                    Durations.format(f.lasting())))
        .toList();
  }

  @Test
  void repeatsStartSoFarApart() {
    assertThat(
            told(
                plan(
                    "{'do':'pause','node':'n1','from':{'at':'1s'},'for':'1s'},"
                        + "{'do':'kill','node':'n1','from':{'at':'2s'},'for':'500ms',"
                        + "'repeat':3,'every':'2s'}")))
        .containsExactly(
            "f1 pause 1s+1s", "f2.1 kill 2s+500ms", "f2.2 kill 4s+500ms", "f2.3 kill 6s+500ms");
  }

  @Test
  void partsOfASequenceFollowEachOtherAndThoseOfAnOverlapStartTogether() {
    String parts =
        "[{'do':'pause','node':'n1','for':'1s'},{'do':'kill','node':'n2','for':'2s','after':'300ms'}]";
    assertThat(told(plan("{'sequence':" + parts + ",'from':{'at':'1s'}}")))
        .containsExactly("f1.1 pause 1s+1s", "f1.2 kill 2.3s+2s");
    assertThat(told(plan("{'overlap':" + parts + ",'from':{'at':'1s'},'id':'storm'}")))
        .containsExactly("storm.1 pause 1s+1s", "storm.2 kill 1.3s+2s");
    assertThat(
            told(
                plan(
                    "{'overlap':[{'do':'pause','node':'n1'},{'do':'pause','node':'n2','for':'2s'}],"
                        + "'from':{'at':'1s'},'for':'3s'}")))
        .containsExactly("f1.1 pause 1s+3s", "f1.2 pause 1s+2s");
  }

  @Test
  void oneNodeAfterTheOther() {
    FaultPlan plan =
        plan("{'do':'kill','each':['n1','n2'],'every':'2s','from':{'at':'1s'},'for':'500ms'}");
    assertThat(told(plan)).containsExactly("f1.1 kill 1s+500ms", "f1.2 kill 3s+500ms");
    assertThat(plan.faults()).extracting(f -> ((Fault.Kill) f).node()).containsExactly("n1", "n2");
  }

  @Test
  void aRampGoesFromOneSizeToTheOther() {
    FaultPlan plan =
        plan(
            "{'do':'link','source':'n1','target':'n2','from':{'at':'1s'},'for':'5s',"
                + "'ramp':{'field':'latency','from':'10ms','to':'510ms','steps':5}}");
    assertThat(told(plan)).first().isEqualTo("f1.1 link.latency 1s+1s");
    assertThat(told(plan)).last().isEqualTo("f1.5 link.latency 5s+1s");
    assertThat(plan.faults())
        .extracting(f -> ((Fault.LinkFault) f).effect().latency().toMillis())
        .containsExactly(10L, 135L, 260L, 385L, 510L);
    FaultPlan clock =
        plan(
            "{'do':'clock','node':'n1','from':{'at':'1s'},'for':'2s',"
                + "'ramp':{'field':'drift','from':'-10000ppm','to':'20000ppm','steps':2}}");
    assertThat(clock.faults())
        .extracting(f -> ((Fault.Clock) f).driftPpm())
        .containsExactly(-10_000L, 20_000L);
    FaultPlan loss =
        plan(
            "{'do':'link','source':'n1','target':'n2','from':{'at':'1s'},'for':'3s',"
                + "'ramp':{'field':'loss','from':60,'to':20,'steps':3}}");
    assertThat(loss.faults())
        .extracting(f -> ((Fault.LinkFault) f).effect().lossPercent())
        .containsExactly(60, 40, 20);
  }

  @Test
  void formsNestAndKeepTheirAnchor() {
    assertThat(
            told(
                plan(
                    "{'repeat':2,'every':'4s','sequence':[{'do':'pause','node':'$event','for':'1s'},"
                        + "{'do':'kill','each':['n1','n2'],'every':'1s','for':'1s'}],"
                        + "'from':{'on':'granted','plus':'10ms','latest':'3s'}}")))
        .containsExactly(
            "f1.1.1 pause {'on':'granted','nth':1,'plus':'10ms','latest':'3s'}+1s",
            "f1.1.2.1 kill {'on':'granted','nth':1,'plus':'1.01s','latest':'4s'}+1s",
            "f1.1.2.2 kill {'on':'granted','nth':1,'plus':'2.01s','latest':'5s'}+1s",
            "f1.2.1 pause {'on':'granted','nth':1,'plus':'4.01s','latest':'7s'}+1s",
            "f1.2.2.1 kill {'on':'granted','nth':1,'plus':'5.01s','latest':'8s'}+1s",
            "f1.2.2.2 kill {'on':'granted','nth':1,'plus':'6.01s','latest':'9s'}+1s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'do':'pause','node':'a','for':'1s','repeat':0,'every':'2s','from':{'at':'1s'}}  | faults[0].repeat: want a number from 1 to 1000, found 0
          {'do':'pause','node':'a','for':'1s','repeat':2,'from':{'at':'1s'}}               | faults[0]: no 'every'
          {'do':'pause','node':'a','for':'3s','repeat':2,'every':'2s','from':{'at':'1s'}}  | faults[0]: 'every' (2s) is shorter than what comes again, which takes 3s
          {'sequence':[{'do':'pause','node':'a','for':'1s'}]}                              | faults[0]: no 'from'
          {'sequence':[],'from':{'at':'1s'}}                                               | 'sequence' has no faults
          {'sequence':[{'do':'pause','node':'a','for':'1s','id':'x'}],'from':{'at':'1s'}}  | faults[0].sequence[0]: a part of 'sequence' has its name
          {'sequence':[{'do':'pause','nod':'a','for':'1s'}],'from':{'at':'1s'}}            | faults[0].sequence[0]: unknown 'nod'
          {'sequence':[{'do':'pause','node':'a','for':'1s'}],'for':'2s','from':{'at':'1s'}} | faults[0]: unknown 'for'; known: sequence
          {'do':'link','source':'a','target':'b','for':'1s','ramp':{'field':'latency','from':'1','to':'2s','steps':2},'from':{'at':'1s'}} | faults[0].ramp.from: '1' is not a duration
          {'do':'link','source':'a','target':'b','for':'1s','ramp':{'field':'size','from':'1s','to':'2s','steps':2},'from':{'at':'1s'}} | faults[0]: unknown 'size'
          {'do':'pause','node':'a','each':['b'],'every':'2s','for':'1s','from':{'at':'1s'}} | takes the place of 'node'
          """)
  void saysWhereAFormIsWrong(String element, String message) {
    assertThatThrownBy(() -> plan(element))
        .hasMessageStartingWith("plan.json, faults[0]")
        .hasMessageContaining(message);
  }
}
