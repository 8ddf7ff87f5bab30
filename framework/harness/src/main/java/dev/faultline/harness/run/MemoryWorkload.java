package dev.faultline.harness.run;

import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads, writes and compare-and-sets of some keys, as fast as the clients go. */
record MemoryWorkload(int count) implements Workload {
  private static final List<String> KEYS = List.of("x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7");

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public String summary() {
    return "registers, as fast as the clients go";
  }

  @Override
  public Interface clientInterface() {
    return new Interface("memory", List.of());
  }

  @Override
  public List<Target.Option> options() {
    return List.of();
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    List<String> nodes = List.copyOf(plan.members().keySet());
    List<ClientSpec> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(new ClientSpec("c" + (i + 1), nodes.get(i % nodes.size()), "any"));
    }
    return List.copyOf(clients);
  }

  @Override
  public Generator generator(Plan plan) {
    return Generators.ops(
        "memory",
        (client, random, n) -> {
          String key = KEYS.get((int) (n % KEYS.size()));
          return switch (random.nextInt(3)) {
            case 0 -> new Generator.Ask(client.client(), "read", key, null);
            case 1 -> new Generator.Ask(client.client(), "write", key, n);
            default -> new Generator.Ask(client.client(), "cas", key, List.of(n, n + 1));
          };
        });
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.nothing();
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of();
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Duration.ofSeconds(1);
  }
}
