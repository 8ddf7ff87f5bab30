package dev.faultline.workloads.lockedcounter;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Clients increment one counter under a lock that is no fence: lock, read, sleep for {@code work},
 * write one more, unlock. A holder that is paused for longer than its lock lives writes over what
 * others did meanwhile. The client reports the event {@code holding {value}} after it has read, the
 * moment for a pause.
 */
public final class LockedCounterWorkload implements Workload {
  private static final int CLIENTS = 3;

  @Override
  public String id() {
    return "locked-counter";
  }

  @Override
  public String summary() {
    return "increment a counter that only a lock protects";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "locked-counter",
        List.of(
            new Function(
                "increment",
                "null",
                "{from, to}, the values read and written",
                "the lock was not got, and nothing was written"),
            new Function("read", "null", "the count", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("work", "150ms", List.of(), "sleep between read and write, under the lock"));
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    int asked = plan.setup().concurrency();
    return Settings.inTurn(
        asked > 0 ? asked : CLIENTS, List.copyOf(plan.members().keySet()), "worker");
  }

  @Override
  public Generator generator(Plan plan) {
    Generator increments =
        Generators.ops("locked-counter", Generators.call("increment", null, null));
    double rate = plan.setup().rate();
    return rate > 0 ? Generators.rate("locked-counter/pace", rate, increments) : increments;
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.finalReads(
        Settings.onePerNode(clients(plan)),
        "read",
        Arrays.asList((Object) null),
        3,
        Duration.ofMillis(200));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(CheckerSpec.of("counter.no-lost-update"));
  }

  /** Long enough for a holder that was paused to come back and write, which is the point. */
  @Override
  public Duration deadline(Plan plan, String f) {
    Duration silence = plan.timing().detection();
    return f.equals("increment") ? silence.multipliedBy(5).plusSeconds(5) : silence.plusSeconds(2);
  }
}
