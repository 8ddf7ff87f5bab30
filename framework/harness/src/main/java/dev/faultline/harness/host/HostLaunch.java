package dev.faultline.harness.host;

import dev.faultline.harness.Setup;
import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a hosted client is told at its start.
 *
 * @param target whose client it runs, as {@link dev.faultline.harness.Target#id()}
 * @param clientInterface what the client speaks
 * @param client its name, such as {@code c1}
 * @param node the node that it is pinned to
 * @param incarnation how often this client's process has been started, from 1
 * @param endpoints where to reach each node, through this client's own links
 * @param control where it listens for the harness
 */
public record HostLaunch(
    String target,
    String clientInterface,
    String client,
    String node,
    int incarnation,
    Setup setup,
    Map<String, InetSocketAddress> endpoints,
    InetSocketAddress control) {
  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.put("interface", clientInterface);
    map.put("client", client);
    map.put("node", node);
    map.put("incarnation", (long) incarnation);
    map.put("variant", setup.variant());
    map.put("environment", setup.environment());
    map.put("options", setup.options());
    map.put("nodes", (long) setup.nodes());
    map.put("concurrency", (long) setup.concurrency());
    map.put("rate", setup.rate());
    map.put("time", Durations.format(setup.time()));
    map.put("seed", setup.seed());
    Map<String, String> addresses = new LinkedHashMap<>();
    endpoints.forEach((name, address) -> addresses.put(name, text(address)));
    map.put("endpoints", addresses);
    map.put("control", text(control));
    return map;
  }

  /**
   * Reads the JSON form.
   *
   * @throws dev.faultline.json.JsonException naming the place and the value
   */
  public static HostLaunch fromJson(JsonView view) {
    Setup setup =
        new Setup(
            view.get("variant").string(),
            view.get("environment").string(),
            view.get("options").stringMap(),
            (int) view.get("nodes").integer(),
            (int) view.get("concurrency").integer(),
            view.get("rate").number(),
            view.get("time").duration(),
            view.get("seed").integer());
    Map<String, InetSocketAddress> endpoints = new LinkedHashMap<>();
    view.get("endpoints")
        .map()
        .keySet()
        .forEach(name -> endpoints.put(name, address(view.get("endpoints").get(name))));
    return new HostLaunch(
        view.get("target").string(),
        view.get("interface").string(),
        view.get("client").string(),
        view.get("node").string(),
        (int) view.get("incarnation").integer(),
        setup,
        endpoints,
        address(view.get("control")));
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static InetSocketAddress address(JsonView view) {
    String text = view.string();
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw view.error("'" + text + "' is not HOST:PORT");
    }
  }
}
