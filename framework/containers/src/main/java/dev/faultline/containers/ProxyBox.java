package dev.faultline.containers;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.proxy.Carrier;
import dev.faultline.proxy.ToxiproxyControl;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Which image carries the links: the real Toxiproxy's, or the node image with the built-in one. */
final class ProxyBox {
  /** Names a published image, where a registry can be reached. */
  static final String PROPERTY = "faultline.toxiproxy.image";

  static final String REAL = "faultline/toxiproxy";

  /** Its network, which it shares with the harness alone, and its name. */
  static final String HUB = "proxy";

  private static final Duration START = Duration.ofSeconds(20);

  private ProxyBox() {}

  /** The image of the real server, or an empty text if there is none or ours is asked for. */
  static String realImage() {
    if (Carrier.ownAsked()) {
      return "";
    }
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      return named;
    }
    try {
      return EngineProbe.hasImage(REAL) ? REAL : "";
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + e.getMessage(), e);
    }
  }

  /** Waits for the API. */
  static String awaitVersion(ToxiproxyControl control) {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return control.version();
      } catch (EnvironmentException e) {
        if (System.nanoTime() > end) {
          throw new EnvironmentException(
              "containers: the proxy's API at %s does not answer; are the addresses of containers reachable from here (no rootless engine)?"
                  .formatted(control),
              e);
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("interrupted", e);
      }
    }
  }
}
