package dev.faultline.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where nodes run. Found by {@link java.util.ServiceLoader}. */
public interface Environment {
  /** As on the command line, such as {@code local}. */
  String id();

  /** One line for people. */
  String summary();

  /** Why it cannot be used on this machine, and what to do; null if it can. Bounded, quick. */
  @Nullable String unavailable();

  /** What it needs of this machine, part by part, for {@code faultline doctor}. Bounded. */
  default List<Health> health() {
    String why = unavailable();
    return List.of(new Health(id(), why == null, why == null ? summary() : why, ""));
  }

  /** The fault kinds that it can carry out on this deployment's nodes. */
  Set<String> capabilities(Deployment deployment);

  /**
   * Why it does not carry out what is not among its capabilities: by kind, the reason and, where
   * there is one, the remedy. A kind that is missing here is not known to be possible.
   */
  default Map<String, String> refusals(Deployment deployment) {
    return Map.of();
  }

  /** Prepares a cluster; starts nothing yet. */
  Cluster cluster(Request request);

  /**
   * Something that an environment needs of the machine.
   *
   * @param part such as {@code container engine}
   * @param works whether it can be used as it is
   * @param detail which one it is, or what is wrong
   * @param remedy the one command that mends it; empty if it works or none can
   */
  record Health(String part, boolean works, String detail, String remedy) {}

  /**
   * What a cluster is made of.
   *
   * @param runId names everything that is started for the run
   * @param nodeDir where the nodes' logs go, one directory each
   * @param clients the clients that will connect
   * @param hosted whether the clients run in hosts of their own; then hosts are named as clients
   * @param clientInterface what hosted clients speak
   * @param events takes what nodes report; called from any thread
   * @param warden is told everything that must not outlive the harness
   */
  record Request(
      String runId,
      Path nodeDir,
      String target,
      Setup setup,
      Deployment deployment,
      List<Workload.ClientSpec> clients,
      boolean hosted,
      String clientInterface,
      NodeEvents events,
      Warden warden) {}

  /** Takes what nodes report. */
  interface NodeEvents {
    /** An event of a node; {@code seq} counts within the incarnation from 1. */
    void event(
        String node, int incarnation, long seq, String name, Map<String, @Nullable Object> facts);
  }
}
