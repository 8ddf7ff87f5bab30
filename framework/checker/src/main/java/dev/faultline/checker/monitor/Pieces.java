package dev.faultline.checker.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts texts into the pieces that they were made of. Only for pieces none of which begins another:
 * then there is one way at most.
 */
final class Pieces {
  private final String[] pieces;

  private Pieces(String[] pieces) {
    this.pieces = pieces;
  }

  /** Null if one piece begins another, or is empty. */
  static @Nullable Pieces of(List<String> pieces) {
    String[] sorted = pieces.toArray(String[]::new);
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i].isEmpty() || (i > 0 && sorted[i].startsWith(sorted[i - 1]))) {
        return null;
      }
    }
    return new Pieces(sorted);
  }

  /** The piece that a text goes on with at a place; null if none. */
  @Nullable String at(String text, int from) {
    int low = 0;
    int high = pieces.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(pieces[middle], text, from) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && text.startsWith(pieces[low - 1], from) ? pieces[low - 1] : null;
  }

  private static int compare(String piece, String text, int from) {
    int most = Math.min(piece.length(), text.length() - from);
    for (int i = 0; i < most; i++) {
      int diff = piece.charAt(i) - text.charAt(from + i);
      if (diff != 0) {
        return diff;
      }
    }
    return piece.length() - (text.length() - from);
  }

  /** All pieces of a text; null if it is not made of them. */
  @Nullable List<String> cut(String text) {
    List<String> cut = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      String piece = at(text, from);
      if (piece == null) {
        return null;
      }
      cut.add(piece);
      from += piece.length();
    }
    return cut;
  }
}
