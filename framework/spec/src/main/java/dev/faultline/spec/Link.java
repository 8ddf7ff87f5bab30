package dev.faultline.spec;

/**
 * A direction of messages: what {@code from} tells {@code to}, whoever dialled.
 *
 * @param from a node, a client ({@code c1}) or {@code time}, the time server
 * @param to likewise
 */
public record Link(String from, String to) {
  public Link reversed() {
    return new Link(to, from);
  }

  @Override
  public String toString() {
    return from + "→" + to;
  }
}
