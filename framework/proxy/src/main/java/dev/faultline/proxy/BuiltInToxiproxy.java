package dev.faultline.proxy;

import java.net.InetSocketAddress;

/** A Toxiproxy server in this JVM. */
public final class BuiltInToxiproxy implements AutoCloseable {
  private BuiltInToxiproxy() {}

  /** Starts a server whose randomness has the seed 0; port 0 for any free one. */
  public static BuiltInToxiproxy start(String host, int port) {
    return start(host, port, 0);
  }

  /** Starts a server; port 0 for any free one. */
  public static BuiltInToxiproxy start(String host, int port, long seed) {
    throw new UnsupportedOperationException("being built: " + host + port + seed);
  }

  /** Where its API listens. */
  public InetSocketAddress api() {
    throw new UnsupportedOperationException("being built");
  }

  /** Ends the server with all its proxies. */
  @Override
  public void close() {}
}
