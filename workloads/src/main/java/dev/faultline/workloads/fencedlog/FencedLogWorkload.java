package dev.faultline.workloads.fencedlog;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Holders compete for a lease; who has it writes to a log with its token, renews, and releases
 * after a few writes. Each holder has a second client that asks it all the time whether it believes
 * to hold the lease, because a holder is most telling while its own client waits for an answer. At
 * the end the log is read.
 *
 * <p>Needs nodes with the roles {@code holder} (one or more) and {@code log} (one). The option
 * {@code rate-error-ppm} says how fast or slow the target's clocks may run; a target declares its
 * own.
 */
public final class FencedLogWorkload implements Workload {
  static final String HOLDER = "holder";
  static final String WATCHER = "watcher";
  static final String LOG = "log";

  private static final Duration WATCH = Duration.ofMillis(50);

  @Override
  public String id() {
    return "fenced-log";
  }

  @Override
  public String summary() {
    return "holders of a lease write to a log with their tokens";
  }

  @Override
  public Interface clientInterface() {
    String refused = "the server says who holds it";
    String lost = "not held";
    return new Interface(
        "fenced-log",
        List.of(
            new Function("acquire", "null", "{token, ttl in ns}", refused),
            new Function("renew", "null", "{token, ttl in ns}", lost),
            new Function("release", "null", "{token}", lost),
            new Function("held?", "null", "{held, token if held}", "none"),
            new Function(
                "write", "a text, unique", "{token, position}", "not held; fenced, by the log"),
            new Function("read", "null", "[[token, holder, text], …] in order", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "rate-error-ppm",
            "0",
            List.of(),
            "largest rate error of a clock that the lease rules allow for"));
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    List<ClientSpec> clients = new ArrayList<>();
    for (String duty : List.of(HOLDER, WATCHER)) {
      for (String node : plan.withRole("holder")) {
        clients.add(new ClientSpec("c" + (clients.size() + 1), node, duty));
      }
    }
    for (String node : plan.withRole("log")) {
      clients.add(new ClientSpec("c" + (clients.size() + 1), node, LOG));
    }
    return List.copyOf(clients);
  }

  @Override
  public Generator generator(Plan plan) {
    List<ClientSpec> clients = clients(plan);
    Generator watch =
        Generators.eachClient(
            with(clients, WATCHER),
            c -> Generators.every(WATCH, Generators.ops(c, Generators.call("held?", null, null))));
    Generator hold =
        Generators.eachClient(
            with(clients, HOLDER),
            c -> HolderScript.of(c, node(clients, c), plan.timing().detection()));
    double rate = plan.setup().rate();
    return Generators.any(watch, rate > 0 ? Generators.rate("fenced-log", rate, hold) : hold);
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.finalReads(
        with(clients(plan), LOG), "read", Arrays.asList((Object) null), 3, Duration.ofMillis(200));
  }

  /** Holders go on, with payloads that were not written before. */
  @Override
  public Generator progressGenerator(Plan plan) {
    List<ClientSpec> clients = clients(plan);
    return Generators.eachClient(
        with(clients, HOLDER),
        c -> HolderScript.again(c, node(clients, c), plan.timing().detection()));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    long error = Settings.number(plan.setup(), "rate-error-ppm", 0, 900_000);
    return List.of(
        CheckerSpec.of("fence.resource-order"),
        CheckerSpec.of("lease.token-order"),
        CheckerSpec.of("lease.one-holder-per-token"),
        new CheckerSpec("lease.minimum-term", Map.of("rateErrorPpm", error)),
        CheckerSpec.of("lease.belief-exclusive"));
  }

  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD.reading("read", "held?");
  }

  /**
   * Longer than two terms for an acquire: a grant that is told late is what shows a term counted
   * from the answer. The others are short, so that a holder that gets no answer goes on writing.
   */
  @Override
  public Duration deadline(Plan plan, String f) {
    Duration term = plan.timing().detection();
    return switch (f) {
      case "acquire" -> term.multipliedBy(5).dividedBy(2);
      case "write", "read" -> term.plusMillis(500);
      default -> term.dividedBy(4);
    };
  }

  private static List<String> with(List<ClientSpec> clients, String duty) {
    return clients.stream().filter(c -> c.duty().equals(duty)).map(ClientSpec::id).toList();
  }

  private static String node(List<ClientSpec> clients, String id) {
    return clients.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow().node();
  }
}
