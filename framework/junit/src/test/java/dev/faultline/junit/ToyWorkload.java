package dev.faultline.junit;

import static dev.faultline.harness.gen.Generators.call;
import static dev.faultline.harness.gen.Generators.cycle;
import static dev.faultline.harness.gen.Generators.every;
import static dev.faultline.harness.gen.Generators.finalReads;
import static dev.faultline.harness.gen.Generators.sequence;

import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** One client that writes a number and reads it again. */
public final class ToyWorkload implements Workload {
  @Override
  public String id() {
    return "number";
  }

  @Override
  public String summary() {
    return "writes a number and reads it again";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "number",
        List.of(
            new Function("write", "number", "null", ""),
            new Function("read", "null", "number", "")));
  }

  @Override
  public List<Target.Option> options() {
    return List.of();
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return List.of(new ClientSpec("c1", "n1", "any"));
  }

  @Override
  public Generator generator(Plan plan) {
    return every(
        Duration.ofMillis(10),
        cycle(i ->
            sequence("round" + i, List.of(call("write", null, i + 1), call("read", null, null)))));
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return finalReads(
        List.of("c1"), "read", Collections.singletonList(null), 3, Duration.ofMillis(10));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(CheckerSpec.of("toy.last-write"));
  }

  /** One client meets nobody. */
  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD.pairs(0);
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Duration.ofMillis(500);
  }
}
