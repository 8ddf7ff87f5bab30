package dev.faultline.workloads.appendlog;

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
 * Clients append values to logs (partitions), each once, and read them from some offset to the end.
 * Appends answer with the offset. A consumer that keeps its own position is a client that reads
 * from where it came to, so what the system says of an offset is judged, and no position of its own
 * is needed.
 */
public final class AppendLogWorkload implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final double RATE = 100;

  @Override
  public String id() {
    return "append-log";
  }

  @Override
  public String summary() {
    return "append values to logs, and read them";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "append-log",
        List.of(
            new Function(
                "append",
                "a whole number, unique for the key",
                "its offset, from 0",
                "refused, in the server's own words"),
            new Function(
                "read", "an offset to begin at", "[[offset, value], …] up to the end", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("reads", "20", List.of(), "share of operations that read, percent"),
        Settings.keysOption("logs", "p"),
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
        "append-log/pace",
        RATE,
        Generators.ops(
            "append-log",
            (client, random, n) -> {
              boolean read = random.nextInt(100) < reads;
              String key = keys.get(random.nextInt(keys.size()));
              // Mostly the last few; about as many values as operations so far, at most.
              long from = random.nextInt(4) == 0 ? 0 : Math.max(0, n / keys.size() / 2);
              return new Ask(client.client(), read ? "read" : "append", key, read ? from : n + 1);
            }));
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Settings.readTwice(plan, clients(plan), "read", keys(plan));
  }

  /** One client of each node appends and then reads, until each was ok. */
  @Override
  public Generator progressGenerator(Plan plan) {
    String key = keys(plan).get(0);
    return Settings.eachUntilOk(
        clients(plan),
        "append-log/progress",
        i ->
            List.of(
                (c, random, n) -> new Ask(c.client(), "append", key, Settings.far(i) + n),
                Generators.call("read", key, 0L)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(
        CheckerSpec.of("log.no-lost-append"),
        CheckerSpec.of("log.agreement"),
        CheckerSpec.of("log.order"),
        CheckerSpec.of("log.no-phantom"),
        CheckerSpec.of("log.no-hole"),
        CheckerSpec.of("log.no-duplicate"));
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }

  private static List<String> keys(Plan plan) {
    return Settings.keys(plan, "p");
  }
}
