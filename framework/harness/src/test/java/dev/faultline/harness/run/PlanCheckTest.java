package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.JsonView;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanCheckTest {
  private static final class Silent implements Node {
    @Override
    public void start(Env env) {}

    @Override
    public void onMessage(String from, Message message) {}
  }

  private static void check(String fault) {
    Deployment deployment =
        new Deployment(
            List.of(
                new Deployment.NodeSpec(
                    "n1", "server", new Deployment.Kit(Silent.class, Map.of(), true)),
                new Deployment.NodeSpec(
                    "n2", "holder", new Deployment.Kit(Silent.class, Map.of(), false))),
            Duration.ofSeconds(1));
    new PlanCheck(
            "plan.json",
            "here",
            Set.of("pause", "partition", "clock.step", "clock.rate", "link.latency"),
            Map.of("link.corrupt", "its proxy changes no bytes; use another"),
            deployment,
            Set.of("c1"),
            Map.of("$holder", "granted"),
            Duration.ofSeconds(10))
        .check(FaultPlan.fromJson(JsonView.parse("plan.json", "{\"faults\":[" + fault + "]}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"do":"link","source":"n1","target":"n2","loss":9,"from":{"at":"1s"},"for":"1s"} | ; only --env sim can
          {"do":"link","source":"n1","target":"n2","corrupt":9,"from":{"at":"1s"},"for":"1s"} | cannot do 'link.corrupt' on this target: its proxy changes no bytes; use another
          {"do":"disk","node":"n1","stall":true,"from":{"at":"1s"},"for":"1s"} | cannot do 'disk.stall' on this target
          {"do":"kill","node":"n1","disk":"torn","from":{"at":"1s"},"for":"1s"} | cannot do 'kill.torn'
          {"do":"kill","node":"n1","from":{"at":"1s"},"for":"1s"}       | environment here cannot do 'kill'
          {"do":"pause","node":"n3","from":{"at":"1s"},"for":"1s"}      | no node 'n3'; known: n1, n2, c1
          {"do":"pause","node":"$leader","from":{"at":"1s"},"for":"1s"} | no selector '$leader'; known: $event, $holder
          {"do":"pause","node":"$event","from":{"at":"1s"},"for":"1s"}  | '$event' needs an event as anchor
          {"do":"pause","node":"role:x","from":{"at":"1s"},"for":"1s"}  | no 'role:x'; roles: server, holder
          {"do":"pause","node":"n1","from":{"at":"10s"},"for":"1s"}     | starts at 10s, and the run lasts 10s
          {"do":"pause","node":"$event","from":{"log":"leader"},"for":"1s"} | their logs are not read; use 'on'
          {"do":"clock","node":"c1","offset":"1s","from":{"at":"1s"},"for":"1s"} | 'c1': a client's clock is the harness's; name a node
          {"do":"clock","node":"n1","drift":"20ppm","from":{"at":"1s"},"for":"1s"} | too little to be measured
          {"do":"clock","node":"n2","offset":"1s","means":"time-path","from":{"at":"1s"},"for":"1s"} | 'n2' does not follow the time server
          {"do":"clock","node":"n2","offset":"1s","means":"shim","from":{"at":"1s"},"for":"1s"} | nothing is preloaded into 'n2'
          {"do":"partition","ring":true,"from":{"at":"1s"},"for":"1s"} | a ring of 2 nodes cuts nothing
          {"do":"partition","minority":"n9","from":{"at":"1s"},"for":"1s"} | no node 'n9'
          {"do":"pause","node":"clients","from":{"at":"1s"},"for":"1s"} | 'clients' are ends of links
          {"do":"partition","groups":[["n1"],["n9"]],"from":{"at":"1s"},"for":"1s"} | no node 'n9'
          """)
  void whatCannotBeDoneStopsBeforeTheStartWithPlaceAndRemedy(String fault, String problem) {
    assertThatThrownBy(() -> check(fault))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("plan.json: faults[0] (f1): ")
        .hasMessageContaining(problem);
  }

  @Test
  void aNodeReportsTheLinesThatThePlanWaitsForInItsLog() {
    FaultPlan plan =
        FaultPlan.fromJson(
            JsonView.parse(
                "plan.json",
                """
                {"faults":[
                 {"do":"pause","node":"$event","from":{"log":"at term (?<term>\\\\d+)"},"for":"1s"},
                 {"do":"pause","node":"s2","from":{"log":"lost","node":"s2","nth":2},"for":"1s"}]}
                """));
    Deployment.Image image =
        new Deployment.Image("image", List.of(), Map.of(), 1, List.of(), "ready", List.of());
    Deployment plain =
        new Deployment(
            List.of(
                new Deployment.NodeSpec("s1", "server", image),
                new Deployment.NodeSpec("s2", "server", image)),
            Duration.ofSeconds(1));
    Deployment watched = LogAnchors.watched(plain, plan);
    Deployment.LogEvent any =
        new Deployment.LogEvent(
            "at term (?<term>\\d+)", "log: at term (?<term>\\d+)", List.of("term"));
    assertThat(watched.nodes().get(0).launch()).isEqualTo(image.reporting(List.of(any)));
    assertThat(watched.nodes().get(1).launch())
        .isEqualTo(
            image.reporting(
                List.of(any, new Deployment.LogEvent("lost", "log@s2: lost", List.of()))));
    assertThat(FaultPlan.fromJson(JsonView.of("again", plan.toJson()))).isEqualTo(plan);
    assertThat(LogAnchors.problem(plan.faults().get(1), plain)).isNull();
  }

  /** A real system's clock is reached by the preloaded library alone, so that need not be said. */
  @Test
  void theMeansOfAClockFaultAreWhatTheTargetBears() {
    Fault.Clock step =
        new Fault.Clock(
            "f1",
            new Anchor.At(Duration.ofSeconds(1)),
            Duration.ofSeconds(1),
            "s1",
            Duration.ofSeconds(5),
            0,
            null,
            Fault.Means.STEERED);
    Deployment.Image image =
        new Deployment.Image("image", List.of(), Map.of(), 1, List.of(), "ready", List.of());
    Deployment deployment =
        new Deployment(
            List.of(new Deployment.NodeSpec("s1", "server", image.preloaded())),
            Duration.ofSeconds(1));
    FaultPlan settled = ClockMeans.settled(new FaultPlan(List.of(step)), deployment);
    assertThat(settled.faults())
        .singleElement()
        .isInstanceOfSatisfying(
            Fault.Clock.class, c -> assertThat(c.means()).isEqualTo(Fault.Means.SHIM));
    assertThat(ClockMeans.problem((Fault.Clock) settled.faults().get(0), deployment)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"do":"pause","node":"$event","from":{"on":"granted","after":"9s"},"for":"1s"}
          {"do":"clock","node":"n1","offset":"1s","means":"time-path","from":{"at":"1s"},"for":"1s"}
          {"do":"clock","node":"n2","drift":"50000ppm","from":{"at":"1s"},"for":"1s"}
          {"do":"partition","groups":[["$holder"],["role:server"]],"from":{"at":"1s"},"for":"1s"}
          {"do":"link","source":"c1","target":"n1","latency":"1s","from":{"at":"1s"},"for":"1s"}
          """)
  void whatCanBeDonePasses(String fault) {
    assertThatCode(() -> check(fault)).doesNotThrowAnyException();
  }
}
