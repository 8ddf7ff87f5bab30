package dev.faultline.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as Toxiproxy writes them: {@code host:port}, {@code [::1]:port}, {@code :port}. */
final class Addresses {
  private Addresses() {}

  /**
   * The address that a text names, unresolved; an empty host is any address.
   *
   * @param place for the error
   * @throws IllegalArgumentException if it is not {@code host:port}
   */
  static InetSocketAddress parse(String place, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (colon < 0 || host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "%s: '%s' is not host:port; write an IPv6 address in brackets".formatted(place, text));
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return InetSocketAddress.createUnresolved(host.isEmpty() ? "0.0.0.0" : host, port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: '%s' has no port from 0 to 65535 after its last colon".formatted(place, text), e);
    }
  }

  /** The same, looked up. Host names may ask a name server. */
  static InetSocketAddress resolve(InetSocketAddress address) {
    return address.isUnresolved()
        ? new InetSocketAddress(address.getHostString(), address.getPort())
        : address;
  }

  /** As Toxiproxy shows it: numbers, never names. */
  static String text(InetAddress address, int port) {
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    String plain = zone < 0 ? host : host.substring(0, zone);
    return (plain.indexOf(':') < 0 ? plain : "[" + plain + "]") + ":" + port;
  }
}
