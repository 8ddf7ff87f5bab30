package dev.faultline.workloads;

import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.harness.Workload.Plan;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.json.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What all workloads read from a setup in the same way. */
public final class Settings {
  private Settings() {}

  /**
   * An option that is a whole number.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  public static int number(Setup setup, String option, int least, int most) {
    String text = setup.option(option);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with what is out of range.
    }
    throw new IllegalArgumentException(
        "-o %s=%s: want a whole number from %d to %d".formatted(option, text, least, most));
  }

  /** So many clients {@code c1}, {@code c2}, … of one duty, pinned to the nodes in turn. */
  public static List<ClientSpec> inTurn(int clients, List<String> nodes, String duty) {
    return inTurn(clients, nodes, i -> duty);
  }

  /** So many clients {@code c1}, {@code c2}, … pinned to the nodes in turn, each with its duty. */
  public static List<ClientSpec> inTurn(int clients, List<String> nodes, IntFunction<String> duty) {
    List<ClientSpec> specs = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      specs.add(new ClientSpec("c" + (i + 1), nodes.get(i % nodes.size()), duty.apply(i)));
    }
    return List.copyOf(specs);
  }

  /** The first client of each node. */
  public static List<String> onePerNode(List<ClientSpec> clients) {
    Map<String, String> first = new LinkedHashMap<>();
    clients.forEach(c -> first.putIfAbsent(c.node(), c.id()));
    return List.copyOf(first.values());
  }

  /** As many clients as were asked for, else so many for each node, pinned to the nodes in turn. */
  public static List<ClientSpec> clients(Plan plan, int perNode, String duty) {
    List<String> nodes = List.copyOf(plan.members().keySet());
    int asked = plan.setup().concurrency();
    return inTurn(asked > 0 ? asked : perNode * nodes.size(), nodes, duty);
  }

  /** Operations a second: as asked for, else the workload's own. */
  public static double rate(Plan plan, double own) {
    return plan.setup().rate() > 0 ? plan.setup().rate() : own;
  }

  /**
   * A part under the load that the option {@code load} names: {@code paced} and {@code open} by a
   * rate, {@code closed} as fast as answers come.
   *
   * @param path keys the draws
   * @param own the workload's own rate, operations a second
   */
  public static Generator loaded(Plan plan, String path, double own, Generator part) {
    double rate = rate(plan, own);
    return switch (plan.setup().option("load")) {
      case "open" -> Generators.arrivals(path, rate, part);
      case "closed" -> part;
      default -> Generators.rate(path, rate, part);
    };
  }

  /** The option that {@link #loaded} takes. */
  public static Target.Option load() {
    return new Target.Option(
        "load",
        "paced",
        List.of("paced", "open", "closed"),
        "open: by the rate, and what waits for a client counts from when it was due;"
            + " paced: the same, but a backlog of over ten is let go;"
            + " closed: as fast as answers come");
  }

  /**
   * Longest time for an operation that a server answers at once: two silences after which it would
   * be given up, and at least a second.
   */
  public static Duration patience(Plan plan) {
    Duration silence = plan.timing().detection().multipliedBy(2);
    return silence.compareTo(Duration.ofSeconds(1)) > 0 ? silence : Duration.ofSeconds(1);
  }

  /**
   * Longest time for an operation whose client may be paused meanwhile and must come back to it.
   */
  public static Duration longPatience(Plan plan) {
    return plan.timing().detection().multipliedBy(5).plusSeconds(5);
  }

  /**
   * Reads after a time to settle, from every node, and once more after a second: a node that lacks
   * something both times is not only catching up.
   */
  public static Generator readTwice(
      Plan plan, List<ClientSpec> clients, String f, List<? extends @Nullable Object> keys) {
    Duration gap = Duration.ofMillis(200);
    List<String> readers = onePerNode(clients);
    return Generators.phases(
        Generators.sleep(duration(plan.setup(), "settle")),
        Generators.finalReads(readers, f, keys, 3, gap),
        Generators.sleep(Duration.ofSeconds(1)),
        Generators.finalReads(readers, f, keys, 3, gap));
  }

  /** The option that {@link #readTwice} takes. */
  public static Target.Option settle() {
    return new Target.Option(
        "settle", "0s", List.of(), "time between the heal and the final reads");
  }

  /**
   * An option that is a time, such as {@code 150ms}.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  public static Duration duration(Setup setup, String option) {
    String text = setup.option(option);
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("-o %s=%s: %s".formatted(option, text, e.getMessage()), e);
    }
  }

  /**
   * One client of each node does these one after another, each until it was ok.
   *
   * @param path keys the draws
   * @param makers what a client does, by its place among all clients, from 0
   */
  public static Generator eachUntilOk(
      List<ClientSpec> clients, String path, IntFunction<List<Generators.Maker>> makers) {
    List<String> names = clients.stream().map(ClientSpec::id).toList();
    return Generators.eachClient(
        onePerNode(clients),
        client -> {
          List<Generator> steps = new ArrayList<>();
          for (Generators.Maker maker : makers.apply(names.indexOf(client))) {
            String own = path + "/" + client + "/" + steps.size();
            steps.add(Generators.untilOk(Generators.ops(own, maker)));
          }
          return Generators.phases(steps.toArray(new Generator[0]));
        });
  }

  /**
   * So far from each other, and from those before, are values that see whether there is progress.
   */
  public static long far(int client) {
    return 1_000_000_000L * (1 + client);
  }

  /** The objects {@code x1}, {@code x2}, … by the option {@code keys}. */
  public static List<String> keys(Plan plan, String prefix) {
    int keys = number(plan.setup(), "keys", 1, 1_000);
    return IntStream.rangeClosed(1, keys).mapToObj(k -> prefix + k).toList();
  }

  /** The option that {@link #keys} takes. */
  public static Target.Option keysOption(String what, String prefix) {
    return new Target.Option(
        "keys", "1", List.of(), "%s, with the keys %s1, %s2, …".formatted(what, prefix, prefix));
  }
}
