package dev.faultline.proxy;

import dev.faultline.harness.Warden;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Clears all links of a run whose harness hangs: what it is told is not a run but the address of a
 * server's API. Leaves and finds nothing itself: a server ends with its process.
 */
public final class ProxyRelief implements Warden.Leftovers {
  private static final String ID = "links";
  private static final Duration BOUND = Duration.ofSeconds(5);

  /** Tells the warden of a server. */
  public static void register(Warden warden, String host, int port) {
    warden.leftovers(ID, host + ":" + port);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<String> remove(String api) {
    return List.of();
  }

  @Override
  public List<String> find() {
    return List.of();
  }

  /** Enables all proxies and removes all toxics. */
  @Override
  public void heal(String api) {
    InetSocketAddress address = Addresses.parse("server", api);
    try (ToxiproxyControl control =
        new ToxiproxyControl(address.getHostString(), address.getPort(), BOUND)) {
      control.reset();
    }
  }
}
