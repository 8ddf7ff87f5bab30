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

  /** By byte: whether a word ends before it. */
  private final boolean[] ends = new boolean[1 << 8];

  private byte[] bytes = new byte[1 << 16];
  private int at;
  private int filled;

  /** The last word, from {@link #from} up to {@link #at}; good until more is read. */
  private int from;

  /** A text that has escapes. */
  private byte[] token = new byte[64];

  private int length;
  private long line = 1;

  private final Members members = new Members();

  /** The number that {@link #isPlain} saw, and where it ends. */
  private long plain;

  private int plainEnd;

  /** Whether a set's bracket is next, its '#' being passed. */
  private boolean set;

  Text(String name, InputStream in, boolean json) {
    this.name = name;
    this.in = in;
    this.json = json;
    Arrays.fill(ends, 0, ' ' + 1, true);
    for (char c : ",\";()[]{}".toCharArray()) {
      ends[c] = true;
    }
    ends[':'] = json;
  }

  /** The line of what comes next. */
  long line() {
    return line;
  }

  private int peek() throws IOException {
    return at < filled || more(at) ? bytes[at] : END;
  }

  /** Reads more, and keeps what lies from a place on, which then is the first; false at the end. */
  private boolean more(int kept) throws IOException {
    int length = filled - kept;
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    } else {
      System.arraycopy(bytes, kept, bytes, 0, length);
    }
    at -= kept;
    filled = length;
    int n = in.read(bytes, filled, bytes.length - filled);
    filled += Math.max(n, 0);
    return n > 0;
  }

  /** The first byte of what comes next, which is no blank, comment, tag or discarded form. */
  int ahead() throws IOException {
    while (!set) {
      int c = peek();
      if (c == ' ' || c == ',') {
        at++;
      } else if (c == '\n') {
        line++;
        at++;
      } else if ((c >= 0 && c < ' ') || (json && c == ':')) {
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

  /** Begins the members of a map that is like the one before. */
  void members() {
    members.begin();
  }

  /** The name of the next member of a map, or null after the last, and its bracket is passed. */
  @Nullable String member() throws IOException {
    byte[] before = members.next();
    int end = at + before.length;
    if (before.length > 0
        && end < filled
        && (before[before.length - 1] == ' ' || ends[bytes[end] & 0xff])
        && Arrays.equals(bytes, at, end, before, 0, before.length)) {
      at = end;
      return members.name();
    }
    int begun = at;
    long begunLine = line;
    boolean whole = at < filled;
    String name = anyMember();
    if (name != null && whole && line == begunLine) {
      // With the blank that mostly follows.
      boolean blank = at < filled && bytes[at] == ' ';
      members.learn(bytes, begun, blank ? at + 1 : at, name);
    }
    return name;
  }

  private @Nullable String anyMember() throws IOException {
    int c = ahead();
    if (c == '}') {
      at++;
      return null;
    }
    if (c == ':') {
      at++;
      return name();
    }
    return String.valueOf(value());
  }

  /** Whether a whole number without a sign is next, and has its end here. */
  boolean isPlain() throws IOException {
    int c = ahead();
    if (c < '0' || c > '9') {
      return false;
    }
    int i = at;
    long n = 0;
    while (i < filled && bytes[i] >= '0' && bytes[i] <= '9') {
      n = n * 10 + bytes[i++] - '0';
    }
    plain = n;
    plainEnd = i;
    return i < filled && i - at <= 18 && ends[bytes[i] & 0xff];
  }

  /** Goes over the number that {@link #isPlain}. */
  long plain() {
    at = plainEnd;
    return plain;
  }

  /** Goes over the next value. */
  void skip() throws IOException {
    if (isPlain()) {
      at = plainEnd;
    } else {
      Object unused = value();
    }
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
    if (c >= '0' && c <= '9' && isPlain()) {
      return plain();
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
        yield name();
      }
      case ']', ')', '}' -> throw wrong("'" + (char) c + "'", "a value");
      default -> number();
    };
  }

  private Map<String, @Nullable Object> map(int depth) throws IOException {
    at++;
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key = anyMember(); key != null; key = anyMember()) {
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
    byte[] word = bytes;
    int first = at - from > 1 && (word[from] == '-' || word[from] == '+') ? from + 1 : from;
    long n = 0;
    int i = first;
    while (i < at && word[i] >= '0' && word[i] <= '9') {
      n = n * 10 + word[i++] - '0';
    }
    boolean whole = i == at || (i == at - 1 && word[i] == 'N');
    if (i > first && whole && i - first <= 18) {
      return word[from] == '-' ? -n : n;
    }
    String text = words.of(word, from, at);
    if (i > first) {
      try {
        String plain =
            text.endsWith("M") || text.endsWith("N") ? text.substring(0, text.length() - 1) : text;
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

  private String name() throws IOException {
    word();
    return words.of(bytes, from, at);
  }

  /** Goes over what stands up to a blank or bracket. */
  private void word() throws IOException {
    from = at;
    int i = at;
    while (true) {
      while (i < filled && !ends[bytes[i] & 0xff]) {
        i++;
      }
      at = i;
      if (i < filled) {
        break;
      }
      boolean more = more(from);
      from = 0;
      if (!more) {
        break;
      }
      i = at;
    }
    if (at == from && peek() != '{' && peek() != '"') {
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
    at++;
    int i = at;
    while (i < filled && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != '\n') {
      i++;
    }
    if (i < filled && bytes[i] == '"') {
      String plain = words.of(bytes, at, i);
      at = i + 1;
      return plain;
    }
    return longString();
  }

  /** The rest of a text that has escapes, or several lines, or is read in parts. */
  private String longString() throws IOException {
    long begun = line;
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
