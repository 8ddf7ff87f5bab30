package dev.faultline.workloads.queue;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generators;
import dev.faultline.history.Outcome;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients put elements into queues, each once, and take them out; at the end the queues are
 * drained. A dequeue that finds nothing is {@code ok} with null, so that it can be judged. A target
 * that delivers at least once does not claim {@code queue.no-duplicate}, one without an order not
 * {@code queue.fifo}.
 */
public final class QueueWorkload implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final double RATE = 100;

  @Override
  public String id() {
    return "queue";
  }

  @Override
  public String summary() {
    return "put elements into queues, and take them out";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "queue",
        List.of(
            new Function(
                "enqueue",
                "a whole number, unique for the key",
                "null",
                "refused, in the server's own words"),
            new Function("dequeue", "null", "the element, or null if it is empty", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("dequeues", "50", List.of(), "share of operations that take out, percent"),
        Settings.keysOption("queues", "q"),
        Settings.load(),
        Settings.settle());
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return Settings.clients(plan, CLIENTS_PER_NODE, "worker");
  }

  @Override
  public Generator generator(Plan plan) {
    int dequeues = Settings.number(plan.setup(), "dequeues", 0, 100);
    List<String> keys = keys(plan);
    return Settings.loaded(
        plan,
        "queue/pace",
        RATE,
        Generators.ops(
            "queue",
            (client, random, n) -> {
              boolean out = random.nextInt(100) < dequeues;
              String key = keys.get(random.nextInt(keys.size()));
              return new Ask(client.client(), out ? "dequeue" : "enqueue", key, out ? null : n + 1);
            }));
  }

  /** One client takes all out, queue by queue, until each is found empty. */
  @Override
  public Generator finalGenerator(Plan plan) {
    List<Generator> drains = new ArrayList<>();
    for (String key : keys(plan)) {
      drains.add(
          Generators.until(
              QueueWorkload::foundEmpty,
              Generators.ops("queue/drain/" + key, Generators.call("dequeue", key, null))));
    }
    return Generators.phases(
        Generators.sleep(Settings.duration(plan.setup(), "settle")),
        Generators.timeLimit(
            plan.timing().recovery().multipliedBy(2),
            Generators.onClients(
                List.of(clients(plan).get(0).id()),
                Generators.phases(drains.toArray(new Generator[0])))));
  }

  private static boolean foundEmpty(Generator.Completed done) {
    return done.f().equals("dequeue") && done.outcome() == Outcome.OK && done.output() == null;
  }

  /** One client of each node puts in and then takes out, until each was ok. */
  @Override
  public Generator progressGenerator(Plan plan) {
    String key = keys(plan).get(0);
    return Settings.eachUntilOk(
        clients(plan),
        "queue/progress",
        i ->
            List.of(
                (c, random, n) -> new Ask(c.client(), "enqueue", key, Settings.far(i) + n),
                Generators.call("dequeue", key, null)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(
        CheckerSpec.of("queue.no-lost"),
        CheckerSpec.of("queue.no-phantom"),
        CheckerSpec.of("queue.no-duplicate"),
        CheckerSpec.of("queue.fifo"),
        CheckerSpec.of("queue.no-false-empty"));
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }

  private static List<String> keys(Plan plan) {
    return Settings.keys(plan, "q");
  }
}
