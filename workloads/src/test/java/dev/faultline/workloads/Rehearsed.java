package dev.faultline.workloads;

import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Free;
import dev.faultline.harness.gen.Rehearsal;
import dev.faultline.harness.gen.Rehearsal.Answer;
import dev.faultline.harness.gen.Rehearsal.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A workload planned for three nodes and rehearsed against an imagined system. */
public record Rehearsed(Workload workload, Workload.Plan plan) {
  /** Seed 7, 20 s, a silence of 1 s. */
  public static Rehearsed of(Workload workload, Map<String, String> options) {
    Map<String, String> members = new LinkedHashMap<>();
    List.of("n1", "n2", "n3").forEach(n -> members.put(n, "node"));
    Map<String, String> all = new HashMap<>();
    workload.options().forEach(o -> all.put(o.name(), o.defaultValue()));
    all.putAll(options);
    return new Rehearsed(
        workload,
        new Workload.Plan(
            new Setup("correct", "sim", all, 0, 0, 0, Duration.ofSeconds(20), 7),
            members,
            new Target.Timing(Duration.ofSeconds(1), Duration.ofSeconds(5))));
  }

  /** What the main phase asks. */
  public List<Call> main(Function<Call, Answer> system) {
    return calls(workload.generator(plan), system, plan.setup().time());
  }

  /** What the end asks, within a minute. */
  public List<Call> end(Function<Call, Answer> system) {
    return calls(workload.finalGenerator(plan), system, Duration.ofMinutes(1));
  }

  /** What a generator asks of this workload's clients. */
  public List<Call> calls(Generator generator, Function<Call, Answer> system, Duration time) {
    List<Free> clients =
        workload.clients(plan).stream().map(c -> new Free(c.id(), c.node(), c.duty())).toList();
    return new Rehearsal(plan.setup().seed(), clients, system).run(generator, time.toNanos());
  }

  /** How often each function was asked. */
  public static Map<String, Integer> tally(List<Call> calls) {
    Map<String, Integer> tally = new LinkedHashMap<>();
    calls.forEach(c -> tally.merge(c.ask().f(), 1, Integer::sum));
    return tally;
  }
}
