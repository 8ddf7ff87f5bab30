package dev.faultline.reports;

/** The one place where text from a run becomes part of a document. */
final class Escape {
  private Escape() {}

  /**
   * For HTML and XML, in text and in quoted attributes. Characters that XML 1.0 forbids are
   * replaced by U+FFFD, so that a stray byte in a value cannot make a file unreadable.
   */
  static String markup(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(legal(c) ? c : 0xFFFD);
          }
        });
    return out.toString();
  }

  /** For a terminal: control characters must not move the cursor or change colours. */
  static String terminal(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t' || c == '\r') {
            out.append(' ');
          } else {
            out.appendCodePoint(Character.isISOControl(c) || !legal(c) ? 0xFFFD : c);
          }
        });
    return out.toString();
  }

  /** For a line of Markdown, also inside a table's cell. */
  static String markdown(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    terminal(text)
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\\', '`', '*', '_', '[', ']', '|', '#', '~' ->
                out.append('\\').appendCodePoint(c);
            default -> out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  /** XML 1.0, §2.2. */
  private static boolean legal(int c) {
    return c == 0x9
        || c == 0xA
        || c == 0xD
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
