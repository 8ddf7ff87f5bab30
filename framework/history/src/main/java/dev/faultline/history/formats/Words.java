package dev.faultline.history.formats;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts of short words, each made once as long as it is met often. */
final class Words {
  private static final int SIZE = 1 << 10;

  private final @Nullable String[] known = new @Nullable String[SIZE];

  /** The text of these bytes. */
  String of(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
    String seen = known[slot];
    if (seen != null && same(seen, bytes, from, to)) {
      return seen;
    }
    String made = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    known[slot] = made;
    return made;
  }

  private static boolean same(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      // A byte beyond ASCII is negative, and so never a char.
      if (text.charAt(i - from) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
