package dev.faultline.history.formats;

import dev.faultline.history.HistoryLines;
import dev.faultline.history.OperationTable;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads our own lines to operations, fast and without their entries, as long as they are plain
 * invocations and completions in order. Whatever is not gives up, and the file is read again by
 * {@link dev.faultline.history.HistoryFile}, which knows everything and names what is wrong.
 */
final class Ours {
  private static final int PROCESSES = 1 << 12;
  private static final String CRC = ",\"crc\":\"";
  private static final int DIGITS = 8;
  private static final int SEAL = CRC.length() + DIGITS + 2;

  /** Gives up; without a trace, as it is no error. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit() {
      super("", null, false, false);
    }
  }

  /** What a line says. */
  private static final class Line {
    long index;
    long time;
    int process;
    String type = "";
    String f = "";
    @Nullable Object key;
    @Nullable Object value;
    @Nullable String error;
    @Nullable String client;
    @Nullable String node;
    long intended;
  }

  private final Words words = new Words();
  private final CRC32C crc = new CRC32C();
  private final OperationTable.Builder rows = new OperationTable.Builder();

  /** By process: the row that it has open, and one more. */
  private final int[] open = new int[PROCESSES];

  private final boolean[] retired = new boolean[PROCESSES];
  private byte[] bytes = new byte[0];
  private int at;
  private int to;
  private long last = -1;
  private boolean sealed;
  private final Line line = new Line();

  private Ours() {}

  /** The operations of at most so many entries; null where this reader gives up. */
  static @Nullable OperationTable read(Lines lines, long until) throws IOException {
    Ours ours = new Ours();
    try {
      long entries = 0;
      while (entries < until && lines.next()) {
        if (!lines.more()) {
          continue;
        }
        ours.bytes = lines.bytes();
        ours.at = lines.at();
        ours.to = lines.to();
        if (lines.torn()) {
          throw new Unfit();
        }
        entries += ours.line() ? 1 : 0;
      }
      return ours.rows.table();
    } catch (Unfit e) {
      return null;
    }
  }

  /** Whether the line is an entry, not the header. */
  private boolean line() throws Unfit {
    boolean hasSeal = unseal();
    if (sealed && !hasSeal) {
      throw new Unfit();
    }
    line.key = null;
    line.value = null;
    line.error = null;
    line.client = null;
    line.node = null;
    line.type = "";
    line.f = "";
    line.index = -1;
    line.process = -1;
    line.time = Long.MIN_VALUE;
    line.intended = Long.MIN_VALUE;
    expect('{');
    do {
      String name = text();
      expect(':');
      switch (name) {
        case "index" -> line.index = number();
        case "time" -> line.time = number();
        case "process" -> line.process = (int) number();
        case "type" -> line.type = text();
        case "f" -> line.f = text();
        case "key" -> line.key = value(0);
        case "value" -> line.value = value(0);
        case "error" -> line.error = text();
        case "client" -> line.client = text();
        case "node" -> line.node = text();
        case "intended" -> line.intended = number();
        case "faultline" -> {
          if (number() != HistoryLines.FORMAT) {
            throw new Unfit();
          }
          sealed = hasSeal;
          return false;
        }
        default -> throw new Unfit();
      }
    } while (comma());
    expect('}');
    boolean told = line.time != Long.MIN_VALUE && !line.f.isEmpty();
    if (at != to || !told || line.index <= last || line.process < 0 || line.process >= PROCESSES) {
      throw new Unfit();
    }
    last = line.index;
    if (line.intended == Long.MIN_VALUE) {
      line.intended = line.time;
    }
    pair();
    return true;
  }

  /** Checks the line's seal, and takes it away; whether there is one. */
  private boolean unseal() throws Unfit {
    int seal = to - SEAL;
    if (seal < at || bytes[to - 1] != '}' || bytes[to - 2] != '"') {
      return false;
    }
    for (int i = 0; i < CRC.length(); i++) {
      if (bytes[seal + i] != CRC.charAt(i)) {
        return false;
      }
    }
    crc.reset();
    crc.update(bytes, at, seal - at);
    long sum = crc.getValue();
    for (int i = 0; i < DIGITS; i++) {
      int digit = (int) (sum >>> (4 * (DIGITS - 1 - i))) & 15;
      if (bytes[seal + CRC.length() + i] != "0123456789abcdef".charAt(digit)) {
        throw new Unfit();
      }
    }
    bytes[seal] = '}';
    to = seal + 1;
    return true;
  }

  private void pair() throws Unfit {
    int opened = open[line.process] - 1;
    if (line.type.equals("invoke")) {
      if (opened >= 0 || retired[line.process]) {
        throw new Unfit();
      }
      int row = rows.invoke(line.process, line.f, line.key, line.value, line.index, line.time);
      rows.who(row, line.client, line.node, line.intended);
      open[line.process] = row + 1;
      return;
    }
    if (opened < 0 || !rows.f(opened).equals(line.f)) {
      throw new Unfit();
    }
    Outcome outcome =
        switch (line.type) {
          case "ok" -> Outcome.OK;
          case "fail" -> Outcome.FAIL;
          case "info" -> Outcome.INFO;
          default -> throw new Unfit();
        };
    retired[line.process] = outcome == Outcome.INFO;
    open[line.process] = 0;
    rows.complete(opened, outcome, line.value, line.error, line.index, line.time);
  }

  private void expect(char c) throws Unfit {
    if (at >= to || bytes[at] != c) {
      throw new Unfit();
    }
    at++;
  }

  private boolean comma() {
    boolean here = at < to && bytes[at] == ',';
    at += here ? 1 : 0;
    return here;
  }

  private String text() throws Unfit {
    expect('"');
    int from = at;
    while (at < to && bytes[at] != '"') {
      if (bytes[at] == '\\' || (bytes[at] >= 0 && bytes[at] < ' ')) {
        throw new Unfit();
      }
      at++;
    }
    String text = words.of(bytes, from, at);
    expect('"');
    return text;
  }

  private long number() throws Unfit {
    boolean negative = at < to && bytes[at] == '-';
    int i = negative ? at + 1 : at;
    int first = i;
    long n = 0;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      n = n * 10 + bytes[i++] - '0';
    }
    boolean ends = i < to && (bytes[i] == ',' || bytes[i] == '}' || bytes[i] == ']');
    if (i == first || i - first > 18 || !ends || (bytes[first] == '0' && i > first + 1)) {
      throw new Unfit();
    }
    at = i;
    return negative ? -n : n;
  }

  private @Nullable Object value(int depth) throws Unfit {
    if (at >= to || depth > 50) {
      throw new Unfit();
    }
    return switch (bytes[at]) {
      case '"' -> text();
      case '[' -> list(depth);
      case 'n' -> word("null", null);
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) throws Unfit {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    return value;
  }

  private List<@Nullable Object> list(int depth) throws Unfit {
    List<@Nullable Object> list = new ArrayList<>();
    expect('[');
    if (at < to && bytes[at] == ']') {
      at++;
      return list;
    }
    do {
      list.add(value(depth + 1));
    } while (comma());
    expect(']');
    return list;
  }
}
