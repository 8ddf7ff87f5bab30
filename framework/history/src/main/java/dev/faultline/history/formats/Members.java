package dev.faultline.history.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the members of a map begin. Maps after each other mostly have the same names in the same
 * order, so the bytes up to a name's end are compared with those of the map before at once.
 */
final class Members {
  /** So many members of a map, and so many bytes up to a name's end, are remembered. */
  private static final int FEW = 16;

  private static final int LONGEST = 40;

  private final byte[][] bytes = new byte[FEW][0];
  private final String[] names = new String[FEW];
  private int place = -1;

  /** A map begins. */
  void begin() {
    place = -1;
  }

  /** What the next member began with in the map before; nothing if that is not known. */
  byte[] next() {
    place = Math.min(place + 1, FEW - 1);
    return bytes[place];
  }

  /** The name that this was. */
  String name() {
    return names[place];
  }

  /**
   * Remembers what the member at hand began with. What was read since its begin may have moved the
   * bytes; then the name does not stand there, and nothing is remembered.
   */
  void learn(byte[] from, int begin, int end, String name) {
    bytes[place] = new byte[0];
    if (end > begin && end - begin < LONGEST) {
      byte[] known = Arrays.copyOfRange(from, begin, end);
      String text = new String(known, StandardCharsets.UTF_8).stripTrailing();
      if (text.endsWith(":" + name) || text.endsWith('"' + name + '"')) {
        bytes[place] = known;
        names[place] = name;
      }
    }
  }
}
