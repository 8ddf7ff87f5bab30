package dev.faultline.harness;

import dev.faultline.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a target and how each is started.
 *
 * @param nodes in the order to start them
 * @param readyWithin bound for the whole to be usable
 * @param administration what the system itself offers to be done to it, or null
 */
public record Deployment(
    List<NodeSpec> nodes, Duration readyWithin, @Nullable Administration administration) {
  public Deployment {
    nodes = List.copyOf(nodes);
  }

  /** One that offers nothing to be done to it. */
  public Deployment(List<NodeSpec> nodes, Duration readyWithin) {
    this(nodes, readyWithin, null);
  }

  /** The same, of these nodes. */
  public Deployment of(List<NodeSpec> others) {
    return new Deployment(others, readyWithin, administration);
  }

  /** All nodes with their roles, in order. */
  public Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    nodes.forEach(n -> members.put(n.id(), n.role()));
    return members;
  }

  /**
   * One node.
   *
   * @param id also its host name
   */
  public record NodeSpec(String id, String role, Launch launch) {}

  /** How a node is started. */
  public sealed interface Launch {}

  /**
   * A node of the kit, in a process of its own or in simulation.
   *
   * @param type with a public constructor without parameters
   * @param options go to {@link dev.faultline.node.Config#options()}
   * @param followsTimeServer its wall clock follows the run's time server (the time path)
   */
  public record Kit(
      Class<? extends Node> type, Map<String, String> options, boolean followsTimeServer)
      implements Launch {}

  /**
   * A real system's process in a container.
   *
   * @param image tag that {@code scripts/images} makes
   * @param command with its arguments; names of other nodes resolve to the proxy
   * @param environment variables of the process
   * @param clientPort where clients connect
   * @param peerPorts ports that the other nodes connect to; they differ between nodes
   * @param ready a pattern in the log that says that this node is up; empty where it is up when it
   *     runs, as one is that logs nothing
   * @param logEvents patterns in the log that become node events
   * @param dynamic it links libc dynamically, and its image has our preloaded library ({@code COPY
   *     --from=faultline/shim / /usr/local/lib/faultline/}): then its wall clock can be made wrong
   * @param data the directory of its state, which can be put on a disk of its own; empty if none is
   *     named
   * @param ownDisk whether it is to be
   */
  public record Image(
      String image,
      List<String> command,
      Map<String, String> environment,
      int clientPort,
      List<Integer> peerPorts,
      String ready,
      List<LogEvent> logEvents,
      boolean dynamic,
      String data,
      boolean ownDisk)
      implements Launch {
    /** One whose clock and disk cannot be reached. */
    public Image(
        String image,
        List<String> command,
        Map<String, String> environment,
        int clientPort,
        List<Integer> peerPorts,
        String ready,
        List<LogEvent> logEvents) {
      this(image, command, environment, clientPort, peerPorts, ready, logEvents, false, "", false);
    }

    /** The same, reporting these lines of its log as well. */
    public Image reporting(List<LogEvent> more) {
      List<LogEvent> all = new ArrayList<>(logEvents);
      all.addAll(more);
      return with(List.copyOf(all), dynamic, data, ownDisk);
    }

    /** The same, with our preloaded library. */
    public Image preloaded() {
      return with(logEvents, true, data, ownDisk);
    }

    /** The same, with its state in this directory. */
    public Image storing(String directory) {
      return with(logEvents, dynamic, directory, ownDisk);
    }

    /** The same, its state on a disk of its own. */
    public Image onDiskOfItsOwn() {
      return with(logEvents, dynamic, data, !data.isEmpty());
    }

    private Image with(List<LogEvent> events, boolean preload, String directory, boolean disk) {
      return new Image(
          image,
          command,
          environment,
          clientPort,
          peerPorts,
          ready,
          events,
          preload,
          directory,
          disk);
    }
  }

  /**
   * A log line as a node event; named groups of the pattern become facts.
   *
   * @param pattern a {@link java.util.regex.Pattern}, found anywhere in the line
   * @param facts names of the groups; whole numbers become numbers
   */
  public record LogEvent(String pattern, String event, List<String> facts) {}

  /** The node of that name, or null. */
  public @Nullable NodeSpec node(String id) {
    return nodes.stream().filter(n -> n.id().equals(id)).findFirst().orElse(null);
  }
}
