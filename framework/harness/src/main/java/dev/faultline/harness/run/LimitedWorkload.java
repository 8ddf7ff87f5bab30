package dev.faultline.harness.run;

import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import java.time.Duration;
import java.util.List;

/**
 * A workload whose main phase invokes so many operations and no more; the final reads stay.
 *
 * @param ops 1 or more
 */
record LimitedWorkload(Workload whole, long ops) implements Workload {
  @Override
  public String id() {
    return whole.id();
  }

  @Override
  public String summary() {
    return whole.summary();
  }

  @Override
  public Interface clientInterface() {
    return whole.clientInterface();
  }

  @Override
  public List<Target.Option> options() {
    return whole.options();
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return whole.clients(plan);
  }

  @Override
  public Generator generator(Plan plan) {
    return Generators.limit(ops, whole.generator(plan));
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return whole.finalGenerator(plan);
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return whole.checkers(plan);
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return whole.deadline(plan, f);
  }
}
