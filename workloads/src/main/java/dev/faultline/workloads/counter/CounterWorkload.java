package dev.faultline.workloads.counter;

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
 * Clients add amounts to counters and read them. Additions have no identity, so one that is lost or
 * carried out twice shows only in the sum: a read must lie between what was certainly added and
 * what may have been.
 */
public final class CounterWorkload implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final int MOST = 5;
  private static final double RATE = 100;

  @Override
  public String id() {
    return "counter";
  }

  @Override
  public String summary() {
    return "add amounts to counters, and read them";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "counter",
        List.of(
            new Function(
                "add", "a whole number, not 0", "null", "refused, in the server's own words"),
            new Function("read", "null", "the count, 0 at first", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("reads", "30", List.of(), "share of operations that read, percent"),
        new Option("subtracts", "0", List.of(), "share of additions of less than 0, percent"),
        Settings.keysOption("counters", "k"),
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
    int subtracts = Settings.number(plan.setup(), "subtracts", 0, 100);
    List<String> keys = keys(plan);
    return Settings.loaded(
        plan,
        "counter/pace",
        RATE,
        Generators.ops(
            "counter",
            (client, random, n) -> {
              boolean read = random.nextInt(100) < reads;
              String key = keys.get(random.nextInt(keys.size()));
              long amount = 1L + random.nextInt(MOST);
              long signed = random.nextInt(100) < subtracts ? -amount : amount;
              return new Ask(client.client(), read ? "read" : "add", key, read ? null : signed);
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
        "counter/progress",
        i -> List.of(Generators.call("add", key, 1L), Generators.call("read", key, null)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(CheckerSpec.of("counter.within-bounds"));
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }

  private static List<String> keys(Plan plan) {
    return Settings.keys(plan, "k");
  }
}
