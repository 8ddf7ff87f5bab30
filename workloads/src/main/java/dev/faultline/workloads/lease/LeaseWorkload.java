package dev.faultline.workloads.lease;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Clients compete for one lease; who has it renews it for as long as that works, so that only a
 * lease that ended too early lets another in. One client a node, since a holder goes by its node.
 * Tokens are numbers that grow from grant to grant.
 */
public final class LeaseWorkload implements Workload {
  @Override
  public String id() {
    return "lease";
  }

  @Override
  public String summary() {
    return "a client keeps a lease alive, and others wait for it to end";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "lease",
        List.of(
            new Function("acquire", "null", "{token, ttl in ns}", "another has it"),
            new Function("renew", "null", "{token, ttl in ns}", "not held"),
            new Function("release", "null", "{token}", "not held")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "hold", "8s", List.of(), "for how long a lease is held; 0s: as long as it lasts"),
        new Option(
            "rate-error-ppm",
            "0",
            List.of(),
            "largest rate error of a clock that the lease rules allow for"));
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    List<String> nodes = List.copyOf(plan.members().keySet());
    return Settings.inTurn(nodes.size(), nodes, "holder");
  }

  @Override
  public Generator generator(Plan plan) {
    long hold = Settings.duration(plan.setup(), "hold").toNanos();
    Generator keep =
        Generators.eachClient(
            clients(plan).stream().map(ClientSpec::id).toList(), c -> KeepScript.of(c, hold));
    double rate = plan.setup().rate();
    return rate > 0 ? Generators.rate("lease/pace", rate, keep) : keep;
  }

  /** A hold leaves nothing behind that could be read. */
  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.nothing();
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    long error = Settings.number(plan.setup(), "rate-error-ppm", 0, 900_000);
    return List.of(
        CheckerSpec.of("lease.token-order"),
        CheckerSpec.of("lease.one-holder-per-token"),
        new CheckerSpec("lease.minimum-term", Map.of("rateErrorPpm", error)));
  }

  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD;
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.longPatience(plan);
  }
}
