package dev.faultline.workloads.lock;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Clients hold a lock in turn, each for a while, and are asked all that time whether they believe
 * to hold it. It is the client that holds the lock, not a node: a target whose locks are held by
 * nodes offers {@code fenced-log} instead. {@code held?} is answered from what the client itself
 * knows; one that trusts a term checks its clock. Deadlines are long, so that a holder that was
 * paused can come back and answer.
 */
public final class LockWorkload implements Workload {
  private static final int CLIENTS = 3;

  @Override
  public String id() {
    return "lock";
  }

  @Override
  public String summary() {
    return "clients hold a lock in turn, and say whether they do";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "lock",
        List.of(
            new Function("acquire", "null", "null; it may wait", "another has it"),
            new Function("held?", "null", "{held: true or false}", "none"),
            new Function(
                "release",
                "null",
                "null, if the server found it held by this client",
                "not held")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("hold", "500ms", List.of(), "for how long a client holds the lock"),
        new Option("ask", "50ms", List.of(), "time between two questions to a holder"),
        new Option("locks", "1", List.of(), "locks, with the keys l1, l2, …; clients by turns"));
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    int asked = plan.setup().concurrency();
    return Settings.inTurn(
        asked > 0 ? asked : CLIENTS, List.copyOf(plan.members().keySet()), "worker");
  }

  @Override
  public Generator generator(Plan plan) {
    List<String> names = names(plan);
    long hold = Settings.duration(plan.setup(), "hold").toNanos();
    long ask = Math.max(1, Settings.duration(plan.setup(), "ask").toNanos());
    Generator holds =
        Generators.eachClient(
            names, c -> HoldScript.of(c, lock(plan, names.indexOf(c)), hold, ask));
    double rate = plan.setup().rate();
    return rate > 0 ? Generators.rate("lock/pace", rate, holds) : holds;
  }

  /** A hold leaves nothing behind that could be read. */
  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.nothing();
  }

  /** Each client gets the lock once more and gives it back. */
  @Override
  public Generator progressGenerator(Plan plan) {
    List<String> names = names(plan);
    return Generators.eachClient(
        names,
        c -> {
          String lock = lock(plan, names.indexOf(c));
          String path = "lock/progress/" + c;
          return Generators.phases(
              Generators.every(
                  Duration.ofMillis(100),
                  Generators.untilOk(Generators.ops(path, Generators.call("acquire", lock, null)))),
              Generators.once(path + "/release", Generators.call("release", lock, null)));
        });
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(CheckerSpec.of("lock.exclusive"));
  }

  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD.reading("held?");
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.longPatience(plan);
  }

  private List<String> names(Plan plan) {
    return clients(plan).stream().map(ClientSpec::id).toList();
  }

  private static String lock(Plan plan, int client) {
    return "l" + (1 + client % Settings.number(plan.setup(), "locks", 1, 1_000));
  }
}
