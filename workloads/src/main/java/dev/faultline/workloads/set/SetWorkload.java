package dev.faultline.workloads.set;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Clients add elements to sets that only grow, each element once, and read them. The plainest test
 * of a system that acknowledges writes: at the end everything acknowledged must be there. A read is
 * to be answered by what the system itself holds to be authoritative; where it takes time after a
 * heal until that is so, a target sets {@code settle}. One whose reads may be stale does not claim
 * {@code set.linearizable}.
 */
public final class SetWorkload implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final double RATE = 100;

  @Override
  public String id() {
    return "set";
  }

  @Override
  public String summary() {
    return "add elements to sets, and read them";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "set",
        List.of(
            new Function(
                "add",
                "a whole number, unique for the key",
                "null",
                "refused, in the server's own words"),
            new Function("read", "null", "the elements as a list, in any order", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("reads", "10", List.of(), "share of operations that read, percent"),
        Settings.keysOption("sets", "s"),
        Settings.load(),
        Settings.settle());
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return Settings.clients(plan, CLIENTS_PER_NODE, "worker");
  }

  @Override
  public Generator generator(Plan plan) {
    int reads = Settings.number(plan.setup(), "reads", 0, 100);
    List<String> keys = keys(plan);
    return Settings.loaded(
        plan,
        "set/pace",
        RATE,
        Generators.ops(
            "set",
            (client, random, n) -> {
              boolean read = random.nextInt(100) < reads;
              String key = keys.get(random.nextInt(keys.size()));
              return new Ask(client.client(), read ? "read" : "add", key, read ? null : n + 1);
            }));
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Settings.readTwice(plan, clients(plan), "read", keys(plan));
  }

  /** One client of each node adds and then reads, until each was ok. */
  @Override
  public Generator progressGenerator(Plan plan) {
    String key = keys(plan).get(0);
    return Settings.eachUntilOk(
        clients(plan),
        "set/progress",
        i ->
            List.of(
                (c, random, n) -> new Ask(c.client(), "add", key, Settings.far(i) + n),
                Generators.call("read", key, null)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(
        CheckerSpec.of("set.no-lost-add"),
        CheckerSpec.of("set.no-phantom"),
        CheckerSpec.of("set.linearizable"));
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }

  private static List<String> keys(Plan plan) {
    return Settings.keys(plan, "s");
  }
}
