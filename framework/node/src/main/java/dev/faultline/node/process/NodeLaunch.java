package dev.faultline.node.process;

import dev.faultline.json.JsonView;
import dev.faultline.node.Config;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a node is told at its start.
 *
 * @param type name of a {@link dev.faultline.node.Node} class on the class path, with a public
 *     constructor without parameters
 * @param incarnation how often this node has been started, from 1
 * @param data the directory of its disk, made if it is not there
 * @param control where it listens for the harness
 * @param listen where it listens for nodes and clients
 * @param peers where it dials each other node
 * @param time where it dials the time server that its wall clock follows, or null
 * @param seed of the run
 * @param offsetNanos how wrong its wall clock is from the start
 * @param driftPpm how wrong its clocks' rate is from the start
 * @param frozenAt where its wall clock stands from the start, nanoseconds since 1970; 0 if it goes
 */
public record NodeLaunch(
    String type,
    String self,
    int incarnation,
    Config config,
    Path data,
    InetSocketAddress control,
    InetSocketAddress listen,
    Map<String, InetSocketAddress> peers,
    @Nullable InetSocketAddress time,
    long seed,
    long offsetNanos,
    long driftPpm,
    long frozenAt) {
  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("type", type);
    map.put("self", self);
    map.put("incarnation", (long) incarnation);
    map.put("role", config.role());
    map.put("members", config.members());
    map.put("options", config.options());
    map.put("data", data.toString());
    map.put("control", text(control));
    map.put("listen", text(listen));
    Map<String, String> addresses = new LinkedHashMap<>();
    peers.forEach((name, address) -> addresses.put(name, text(address)));
    map.put("peers", addresses);
    map.put("time", time == null ? null : text(time));
    map.put("seed", seed);
    map.put("offset", offsetNanos);
    map.put("drift", driftPpm);
    map.put("frozen", frozenAt);
    return map;
  }

  /**
   * Reads the JSON form.
   *
   * @throws dev.faultline.json.JsonException naming the place and the value
   */
  public static NodeLaunch fromJson(JsonView view) {
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>();
    JsonView addresses = view.get("peers");
    addresses.map().keySet().forEach(name -> peers.put(name, address(addresses.get(name))));
    JsonView time = view.find("time");
    return new NodeLaunch(
        view.get("type").string(),
        view.get("self").string(),
        (int) view.get("incarnation").integer(),
        new Config(
            view.get("role").string(),
            view.get("members").stringMap(),
            view.get("options").stringMap()),
        Path.of(view.get("data").string()),
        address(view.get("control")),
        address(view.get("listen")),
        peers,
        time == null ? null : address(time),
        view.get("seed").integer(),
        view.get("offset").integer(),
        view.get("drift").integer(),
        view.get("frozen").integer());
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Not looked up: a name is asked for at each dial, on the node's own machine. */
  private static InetSocketAddress address(JsonView view) {
    String text = view.string();
    int colon = text.lastIndexOf(':');
    try {
      return InetSocketAddress.createUnresolved(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw view.error("'" + text + "' is not HOST:PORT");
    }
  }
}
