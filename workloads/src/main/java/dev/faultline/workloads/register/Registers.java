package dev.faultline.workloads.register;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients read and change registers under several keys at a time. A key gets a bounded number of
 * operations and then gives way to the next, since each unknown outcome doubles the work of
 * deciding (soundness: what the best do, 5). Each value is written once per key, and a
 * compare-and-set goes from the value last seen to a fresh one, so that it has a fair chance.
 */
abstract class Registers implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final double RATE = 150;

  private static final String PROGRESS_KEY = "progress";

  /** At the end so many keys are read from every node. */
  private static final int FINAL_KEYS = 40;

  /** Whether half of the changes compare first. */
  abstract boolean cas(Plan plan);

  @Override
  public final List<ClientSpec> clients(Plan plan) {
    List<String> nodes = List.copyOf(plan.members().keySet());
    int asked = plan.setup().concurrency();
    int clients = asked > 0 ? asked : CLIENTS_PER_NODE * nodes.size();
    int workers =
        Math.max(1, clients - Settings.number(plan.setup(), "readers", 0, 1_000) * nodes.size());
    return Settings.inTurn(clients, nodes, i -> i < workers ? "worker" : OneKey.READER);
  }

  static Function read() {
    return new Function("read", "null", "the value, null at first", "none");
  }

  static Function write() {
    return new Function("write", "a whole number, unique for the key", "null", "none");
  }

  static Function compareAndSet() {
    return new Function(
        "cas",
        "[expected, new]",
        "null",
        "the register has another value, in the server's own words");
  }

  /** The options, with those that only one form of the workload has. */
  static List<Option> optionsWith(Option... more) {
    List<Option> options = new ArrayList<>();
    options.add(
        new Option("writes", "50", List.of(), "share of operations that change a value, percent"));
    options.addAll(List.of(more));
    options.add(new Option("readers", "0", List.of(), "clients of each node that only read"));
    options.add(new Option("keys", "6", List.of(), "keys in use at a time"));
    options.add(
        new Option("ops-per-key", "80", List.of(), "operations on a key before it is retired"));
    options.add(Settings.load());
    return List.copyOf(options);
  }

  @Override
  public final Generator generator(Plan plan) {
    int writes = Settings.number(plan.setup(), "writes", 0, 100);
    boolean cas = cas(plan);
    int perKey = opsPerKey(plan);
    return Settings.loaded(
        plan,
        "register/pace",
        RATE,
        Generators.perKey(
            "register/key",
            keys(plan),
            k -> Generators.limit(perKey, OneKey.generator(name(k), writes, cas))));
  }

  @Override
  public final Generator finalGenerator(Plan plan) {
    // Which keys were used is not known here; a key that was not reads as null.
    long used = (long) (rate(plan) * plan.setup().time().toMillis() / 1e3 / opsPerKey(plan));
    List<String> names = new ArrayList<>();
    for (long k = Math.max(0, used + keys(plan) - FINAL_KEYS); k < used + keys(plan); k++) {
      names.add(name(k));
    }
    return Generators.finalReads(
        Settings.onePerNode(clients(plan)), "read", names, 3, Duration.ofMillis(200));
  }

  /** One client of each node writes and then reads a key of its own, until each was ok. */
  @Override
  public final Generator progressGenerator(Plan plan) {
    List<ClientSpec> workers =
        clients(plan).stream().filter(c -> !c.duty().equals(OneKey.READER)).toList();
    return Generators.eachClient(
        Settings.onePerNode(workers),
        client -> {
          String path = "register/progress/" + client;
          // Values are unique over all clients, since all use this key.
          long first =
              1_000_000L * (1 + workers.stream().map(ClientSpec::id).toList().indexOf(client));
          return Generators.phases(
              Generators.untilOk(
                  Generators.ops(
                      path + "/write",
                      (c, random, n) ->
                          new Generator.Ask(c.client(), "write", PROGRESS_KEY, first + n))),
              Generators.untilOk(
                  Generators.ops(path + "/read", Generators.call("read", PROGRESS_KEY, null))));
        });
  }

  @Override
  public final List<CheckerSpec> checkers(Plan plan) {
    return List.of(new CheckerSpec("linearizable", Map.of("model", "cas-register")));
  }

  @Override
  public final Duration deadline(Plan plan, String f) {
    Duration silence = plan.timing().detection().multipliedBy(2);
    return silence.compareTo(Duration.ofSeconds(1)) > 0 ? silence : Duration.ofSeconds(1);
  }

  private static double rate(Plan plan) {
    return plan.setup().rate() > 0 ? plan.setup().rate() : RATE;
  }

  private static int keys(Plan plan) {
    return Settings.number(plan.setup(), "keys", 1, 1_000);
  }

  private static int opsPerKey(Plan plan) {
    return Settings.number(plan.setup(), "ops-per-key", 1, 1_000_000);
  }

  private static String name(long key) {
    return "x" + (key + 1);
  }
}
