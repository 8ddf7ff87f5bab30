package dev.faultline.reports;

import java.util.Locale;

/**
 * Markup being written. Whatever comes from a run goes through {@link #text} or an attribute's
 * value, which escape; names of elements and attributes are literals of this package.
 */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** An element is opened: {@code open("td", "class", "num")}. */
  Html open(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(Escape.markup(value(attributes[i + 1]))).append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  Html text(String text) {
    out.append(Escape.markup(text));
    return this;
  }

  /** An element with text in it. */
  Html leaf(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  /** An element without content, as SVG has them. */
  Html empty(String element, Object... attributes) {
    return open(element, attributes).close(element);
  }

  Html line() {
    out.append('\n');
    return this;
  }

  /** Markup of our own: style sheet, script, or another {@link Html}. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Coordinates need a tenth of a pixel, and the same text everywhere. */
  private static String value(Object value) {
    if (value instanceof Double d) {
      String text = String.format(Locale.ROOT, "%.1f", d);
      return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
    return value.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
