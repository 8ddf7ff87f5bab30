package dev.faultline.proxy;

/**
 * Bytes that went through proxies in one direction of messages, since their server started. The
 * built-in proxy counts each chunk as it passes; the real server counts a connection's bytes only
 * when it ends, so there a live connection is not seen at all.
 *
 * @param bytesIn taken by the proxy from the sender
 * @param bytesOut given by the proxy to the receiver
 */
public record Counters(long bytesIn, long bytesOut) {
  static final Counters NONE = new Counters(0, 0);

  Counters plus(Counters other) {
    return new Counters(bytesIn + other.bytesIn, bytesOut + other.bytesOut);
  }
}
