package dev.faultline.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text to plain values and back. A value is {@code null}, {@link Boolean}, {@link Long},
 * {@link Double}, {@link String}, {@link List} or {@link Map} with string keys in the order
 * written, so that the same value always gives the same text (RFC 8259; integers beyond 64 bits
 * become doubles).
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /**
   * The value that a text holds.
   *
   * @throws JsonException if the text is not exactly one JSON value
   */
  public static @Nullable Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonException("empty text where JSON was expected");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonException("more text after the JSON value" + place(parser));
      }
      return value;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new JsonException("not JSON" + place + ": " + e.getOriginalMessage());
    }
  }

  /** The object that a text holds; throws {@link JsonException} for anything else. */
  public static Map<String, @Nullable Object> readObject(String text) {
    return JsonView.of("text", read(text)).map();
  }

  /**
   * One line of text, without blanks; {@link Integer}, {@link Enum} and records' strings allowed.
   */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** Appends what {@link #write(Object)} returns. */
  public static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String s -> quote(s, out);
      case Boolean b -> out.append(b.booleanValue());
      case Double d -> out.append(number(d));
      case Float f -> out.append(number(f.doubleValue()));
      case Number n -> out.append(n.longValue());
      case Map<?, ?> map -> {
        out.append('{');
        boolean comma = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (comma) {
            out.append(',');
          }
          comma = true;
          quote(String.valueOf(entry.getKey()), out);
          out.append(':');
          write(entry.getValue(), out);
        }
        out.append('}');
      }
      case Iterable<?> list -> {
        out.append('[');
        boolean comma = false;
        for (Object element : list) {
          if (comma) {
            out.append(',');
          }
          comma = true;
          write(element, out);
        }
        out.append(']');
      }
      default -> quote(value.toString(), out);
    }
  }

  /** Text for people: two blanks an indent, short lists and objects on one line. */
  public static String pretty(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    pretty(value, "", out);
    return out.append('\n').toString();
  }

  private static void pretty(@Nullable Object value, String indent, StringBuilder out) {
    String line = write(value);
    boolean branches =
        value instanceof Map<?, ?> m && !m.isEmpty() || value instanceof List<?> l && !l.isEmpty();
    if (!branches || line.length() + indent.length() <= 96) {
      out.append(line);
      return;
    }
    String inner = indent + "  ";
    String separator = "";
    if (value instanceof Map<?, ?> map) {
      out.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator).append('\n').append(inner);
        quote(String.valueOf(entry.getKey()), out);
        out.append(": ");
        pretty(entry.getValue(), inner, out);
        separator = ",";
      }
      out.append('\n').append(indent).append('}');
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (Object element : list) {
        out.append(separator).append('\n').append(inner);
        pretty(element, inner, out);
        separator = ",";
      }
      out.append('\n').append(indent).append(']');
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> {
        String digits = parser.getString();
        try {
          yield Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
          yield Double.parseDouble(digits);
        }
      }
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          list.add(value(parser, t));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
          String name = parser.currentName();
          map.put(name, value(parser, parser.nextToken()));
        }
        yield map;
      }
      default -> throw new JsonException("unexpected " + token + place(parser));
    };
  }

  private static String place(JsonParser parser) {
    TokenStreamLocation at = parser.currentLocation();
    return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new JsonException("JSON has no number " + value);
    }
    return Double.toString(value);
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) && !paired(text, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
