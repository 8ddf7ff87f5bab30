package dev.faultline.workloads.uniqueids;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Clients ask for ids that nobody else was ever given. */
public final class UniqueIdsWorkload implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final double RATE = 150;

  @Override
  public String id() {
    return "unique-ids";
  }

  @Override
  public String summary() {
    return "ask for ids that nobody was given before";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "unique-ids",
        List.of(
            new Function(
                "generate",
                "null",
                "an id: a number, a text, or any JSON value",
                "refused, in the server's own words")));
  }

  @Override
  public List<Option> options() {
    return List.of(Settings.load());
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return Settings.clients(plan, CLIENTS_PER_NODE, "worker");
  }

  @Override
  public Generator generator(Plan plan) {
    return Settings.loaded(
        plan,
        "unique-ids/pace",
        RATE,
        Generators.ops("unique-ids", Generators.call("generate", null, null)));
  }

  /** Every node once more, now that all is healed: what was forgotten would come again. */
  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.finalReads(
        Settings.onePerNode(clients(plan)),
        "generate",
        Arrays.asList((Object) null),
        3,
        Duration.ofMillis(200));
  }

  @Override
  public Generator progressGenerator(Plan plan) {
    return Settings.eachUntilOk(
        clients(plan),
        "unique-ids/progress",
        i -> List.of(Generators.call("generate", null, null)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(CheckerSpec.of("ids.unique"));
  }

  /** Every answer is one that no other may have, so nothing here only reads. */
  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD.reading();
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }
}
