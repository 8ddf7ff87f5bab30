package dev.faultline.history.formats;

import dev.faultline.history.HistoryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads EDN and JSON, which differ little once commas, and in JSON colons, are blanks: one value
 * after another, so that a file of any size is never held. Keywords and symbols are texts, sets
 * lists; tags and discarded forms are left out.
 */
final class Text {
  /** After the last value. */
  static final int END = -1;

  private static final int DEEPEST = 500;

  private final String name;
  private final InputStream in;
  private final boolean json;
  private final Words words = new Words();
  private final byte[] bytes = new byte[1 << 16];
  private int at;
  private int filled;
  private byte[] token = new byte[64];
  private int length;
  private long line = 1;

  /** Whether a set's bracket is next, its '#' being passed. */
  private boolean set;

  Text(String name, InputStream in, boolean json) {
    this.name = name;
    this.in = in;
    this.json = json;
  }

  /** The line of what comes next. */
  long line() {
    return line;
  }

  private int peek() throws IOException {
    if (at == filled) {
      filled = Math.max(0, in.read(bytes, 0, bytes.length));
      at = 0;
      if (filled == 0) {
        return END;
      }
    }
    return bytes[at];
  }

  /** The first byte of what comes next, which is no blank, comment, tag or discarded form. */
  int ahead() throws IOException {
    while (!set) {
      int c = peek();
      if (c == '\n') {
        line++;
        at++;
      } else if ((c >= 0 && c <= ' ') || c == ',' || (json && c == ':')) {
        at++;
      } else if (c == ';' && !json) {
        while (peek() != '\n' && peek() != END) {
          at++;
        }
      } else if (c == '#' && !json) {
        at++;
        int d = peek();
        if (d == '{') {
          set = true;
          break;
        }
        if (d == '_') {
          at++;
          Object unused = value();
        } else {
          word();
        }
      } else {
        return c;
      }
    }
    return '#';
  }

  /** Goes over an opening bracket, whether it is there. */
  boolean opens(char bracket) throws IOException {
    boolean here = ahead() == bracket;
    at += here ? 1 : 0;
    return here;
  }

  /** The name of the next member of a map, or null after the last, and its bracket is passed. */
  @Nullable String member() throws IOException {
    int c = ahead();
    if (c == '}') {
      at++;
      return null;
    }
    if (c == ':') {
      at++;
      word();
      return words.of(token, 0, length);
    }
    return String.valueOf(value());
  }

  /** The next value. */
  @Nullable Object value() throws IOException {
    return value(0);
  }

  private @Nullable Object value(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw wrong("more than " + DEEPEST + " brackets in each other", "fewer");
    }
    int c = ahead();
    if (c >= '0' && c <= '9') {
      return number();
    }
    return switch (c) {
      case END -> throw wrong("the end of the file", "a value");
      case '"' -> string();
      case '[' -> list(']', depth);
      case '(' -> list(')', depth);
      case '#' -> list('}', depth);
      case '{' -> map(depth);
      case ':' -> {
        at++;
        word();
        yield words.of(token, 0, length);
      }
      case ']', ')', '}' -> throw wrong("'" + (char) c + "'", "a value");
      default -> number();
    };
  }

  private Map<String, @Nullable Object> map(int depth) throws IOException {
    at++;
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key = member(); key != null; key = member()) {
      map.put(key, value(depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> list(char close, int depth) throws IOException {
    set = false;
    at++;
    List<@Nullable Object> list = new ArrayList<>();
    while (ahead() != close) {
      list.add(value(depth + 1));
    }
    at++;
    return list;
  }

  /** A number, or a symbol. */
  private @Nullable Object number() throws IOException {
    word();
    int first = length > 1 && (token[0] == '-' || token[0] == '+') ? 1 : 0;
    long n = 0;
    int i = first;
    while (i < length && token[i] >= '0' && token[i] <= '9') {
      n = n * 10 + token[i++] - '0';
    }
    boolean whole = i == length || (i == length - 1 && token[i] == 'N');
    if (i > first && whole && i - first <= 18) {
      return token[0] == '-' ? -n : n;
    }
    String text = words.of(token, 0, length);
    if (i > first) {
      try {
        String plain =
            text.endsWith("M") || text.endsWith("N") ? text.substring(0, length - 1) : text;
        return plain.contains("/") ? (Object) text : Double.valueOf(plain);
      } catch (NumberFormatException e) {
        throw wrong("'" + text + "'", "a number");
      }
    }
    return switch (text) {
      case "nil", "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> text;
    };
  }

  /** Puts what stands up to a blank or bracket into the token. */
  private void word() throws IOException {
    length = 0;
    for (int c = peek(); c != END; c = peek()) {
      boolean ends =
          (c >= 0 && c <= ' ')
              || c == ','
              || c == '"'
              || c == ';'
              || c == '('
              || c == ')'
              || c == '['
              || c == ']'
              || c == '{'
              || c == '}'
              || (json && c == ':');
      if (ends) {
        break;
      }
      add(c);
      at++;
    }
    if (length == 0 && peek() != '{' && peek() != '"') {
      int c = peek();
      throw wrong(c == END ? "the end of the file" : "'" + (char) c + "'", "a word");
    }
  }

  private void add(int c) {
    if (length == token.length) {
      token = Arrays.copyOf(token, 2 * length);
    }
    token[length++] = (byte) c;
  }

  private String string() throws IOException {
    long begun = line;
    at++;
    length = 0;
    while (true) {
      // A byte beyond ASCII is negative as END is; only at the end nothing is left.
      int c = peek();
      if (c == END && at == filled) {
        line = begun;
        throw wrong("a text without an end", "'\"'");
      }
      at++;
      if (c == '"') {
        return words.of(token, 0, length);
      }
      if (c == '\n') {
        line++;
      }
      if (c == '\\') {
        escape();
      } else {
        add(c);
      }
    }
  }

  private void escape() throws IOException {
    int c = peek();
    at++;
    switch (c) {
      case 'n' -> add('\n');
      case 't' -> add('\t');
      case 'r' -> add('\r');
      case 'b' -> add('\b');
      case 'f' -> add('\f');
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0) {
            throw wrong("'\\u' without four digits", "four");
          }
          code = code << 4 | digit;
          at++;
        }
        for (byte b : String.valueOf((char) code).getBytes(StandardCharsets.UTF_8)) {
          add(b);
        }
      }
      case '"', '\\', '/' -> add(c);
      default -> throw wrong("'\\" + (char) c + "' in a text", "a known escape");
    }
  }

  /** What to throw about this place. */
  HistoryException wrong(String found, String wanted) {
    return new HistoryException("%s, line %d: %s, want %s".formatted(name, line, found, wanted));
  }
}
