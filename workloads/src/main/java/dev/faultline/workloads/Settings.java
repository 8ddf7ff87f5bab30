package dev.faultline.workloads;

import dev.faultline.harness.Setup;
import dev.faultline.harness.Workload.ClientSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

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
}
