package dev.faultline.proxy;

import dev.faultline.node.KeyedRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which server carries the links, and so which of its toxics bring a state about.
 *
 * @param own the built-in one, whose jitter is seeded and which knows frames; the real one's jitter
 *     is random, so that there latency is steered in steps instead
 * @param seed of those steps
 */
public record Carrier(boolean own, long seed) {
  /** Names the server that is to be used: {@code built-in} or {@code toxiproxy}. */
  public static final String PROPERTY = "faultline.proxy";

  private static final String VARIABLE = "FAULTLINE_PROXY";
  private static final String BUILT_IN = "built-in";

  /** What only our own proxy does to streams. */
  private static final String CHANGED = "link.corrupt";

  /** What takes knowledge of where messages begin and end. */
  private static final List<String> FRAMED = List.of("link.duplicate", "link.loss", "link.reorder");

  /** What the user asked for; empty if nothing. */
  public static String asked() {
    String variable = System.getenv(VARIABLE);
    return System.getProperty(PROPERTY, variable == null ? "" : variable);
  }

  /** Whether the user asked for the built-in proxy. */
  public static boolean ownAsked() {
    return asked().equals(BUILT_IN);
  }

  /**
   * Why link faults cannot be had, by kind.
   *
   * @param own whether the built-in proxy carries the links
   * @param kit whether all nodes speak the frames of the node kit
   */
  public static Map<String, String> refusals(boolean own, boolean kit) {
    Map<String, String> refusals = new TreeMap<>();
    if (!own) {
      refusals.put(
          CHANGED,
          "the real Toxiproxy passes bytes on as they are; set FAULTLINE_PROXY=built-in for our own proxy");
    }
    for (String kind : FRAMED) {
      if (!kit) {
        refusals.put(
            kind,
            "one stream of bytes loses, doubles and reorders nothing, and where its messages begin is not known; use partition or link.reset");
      } else if (!own) {
        refusals.put(
            kind,
            "the real Toxiproxy knows no messages; set FAULTLINE_PROXY=built-in for our own proxy, which knows those of the node kit");
      }
    }
    return refusals;
  }

  /** The delay of one step of a steered jitter, in milliseconds: 0 to twice the jitter. */
  long drawn(long step, String wire, Stream stream, long jitterMillis) {
    long drawn = KeyedRandom.at(seed, step, "jitter", wire, stream.text());
    return Long.remainderUnsigned(drawn, 2 * jitterMillis + 1);
  }
}
