package dev.faultline.proxy;

/**
 * A TCP path that one party dials to another through a proxy of its own. Messages flow both ways on
 * it: the dialler's on the proxy's upstream stream, the listener's on the downstream stream.
 *
 * @param name of the proxy; ASCII, unique in the server, such as {@code n1-n2}
 * @param dialler who opens the connections
 * @param listener who accepts them, behind the proxy
 * @param listen where the proxy listens, as {@code host:port}; port 0 for any
 * @param upstream where the listener can be reached from the proxy, as {@code host:port}
 */
public record Wire(String name, String dialler, String listener, String listen, String upstream) {
  public Wire {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "wire '%s': its name becomes part of a URL; use letters, digits, '.', '_' and '-'"
              .formatted(name));
    }
    Addresses.parse("wire " + name + ", listen", listen);
    Addresses.parse("wire " + name + ", upstream", upstream);
  }
}
