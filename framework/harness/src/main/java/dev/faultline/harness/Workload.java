package dev.faultline.harness;

import dev.faultline.harness.gen.Generator;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients do and how that is judged. Found by {@link java.util.ServiceLoader}. Stateless. */
public interface Workload {
  /** As on the command line, such as {@code fenced-log}. */
  String id();

  /** One line for people. */
  String summary();

  /** The operations that it needs. */
  Interface clientInterface();

  /** What {@code -o KEY=VALUE} may set. */
  List<Target.Option> options();

  /** The clients, each pinned to a node. */
  List<ClientSpec> clients(Plan plan);

  /** What the clients do in the main phase. */
  Generator generator(Plan plan);

  /** What they do after everything was healed: reads that must come, from every node. */
  Generator finalGenerator(Plan plan);

  /**
   * What the clients do to see whether there is progress after a heal; it goes on until they have
   * seen it. Null if this workload has nothing for that.
   */
  default @Nullable Generator progressGenerator(Plan plan) {
    return null;
  }

  /** What judges the history; the first is judged and told first. */
  List<CheckerSpec> checkers(Plan plan);

  /**
   * What a run must have exercised; the functions that only read are named here. Roles of nodes and
   * how soon the target recovers are filled in.
   */
  default Minimums minimums(Plan plan) {
    return Minimums.STANDARD;
  }

  /** Longest time for an operation before its outcome is unknown. */
  Duration deadline(Plan plan, String f);

  /**
   * What a workload is planned by.
   *
   * @param members the nodes with their roles, in order
   */
  record Plan(Setup setup, Map<String, String> members, Target.Timing timing) {
    /** The nodes with this role, in order. */
    public List<String> withRole(String role) {
      return members.entrySet().stream()
          .filter(e -> e.getValue().equals(role))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /**
   * A client.
   *
   * @param id such as {@code c1}
   * @param node the node that it is pinned to
   * @param duty what it does, by which generators choose their clients, such as {@code worker}
   */
  record ClientSpec(String id, String node, String duty) {}

  /** A client interface: an id that targets offer, and its functions. */
  record Interface(String id, List<Function> functions) {}

  /**
   * A function of a client interface.
   *
   * @param input shape of the value asked with, for people
   * @param output shape of the value of {@code ok}, for people
   * @param definiteErrors what may make it {@code fail}, for people
   */
  record Function(String name, String input, String output, String definiteErrors) {}
}
