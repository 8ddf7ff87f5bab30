package dev.faultline.history;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonHash;
import dev.faultline.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The line format of {@code history.jsonl}, format version {@value #FORMAT}; {@code
 * docs/history.md} describes it. A line's {@code crc} is the CRC32C, in hexadecimal, of its bytes
 * before {@code ,"crc"}.
 */
public final class HistoryLines {
  /** The version that this code writes and reads. */
  public static final long FORMAT = 1;

  static final String CRC = ",\"crc\":\"";
  static final int DIGITS = 8;

  /** How long a checksum is, with its name and the line's end. */
  private static final int SEAL = CRC.length() + DIGITS + 2;

  private HistoryLines() {}

  /** The first line of a file. */
  public static String header(String runId) {
    LineBuffer line = new LineBuffer();
    header(runId, line);
    return line.text();
  }

  static void header(String runId, LineBuffer to) {
    to.begin();
    to.put("faultline", FORMAT);
    to.put("run", runId);
    to.seal();
  }

  /** The line of an entry, without its line end. */
  public static String encode(Entry entry) {
    LineBuffer line = new LineBuffer();
    encode(entry, line);
    return line.text();
  }

  /** Appends the line of an entry, with its line end. */
  static void encode(Entry entry, LineBuffer to) {
    to.begin();
    fields(entry, to);
    to.seal();
  }

  /** Adds what the line of an entry says to a hash. */
  static void hash(Entry entry, JsonHash hash) {
    fields(entry, new Hashed(hash));
  }

  /** Takes the fields of a line, in their order. */
  interface Fields {
    void put(String name, long value);

    void put(String name, @Nullable Object value);
  }

  private record Hashed(JsonHash hash) implements Fields {
    @Override
    public void put(String name, long value) {
      hash.add(name, value);
    }

    @Override
    public void put(String name, @Nullable Object value) {
      hash.add(name, value);
    }
  }

  /** What the line of an entry says, but for its checksum. */
  private static void fields(Entry entry, Fields to) {
    to.put("index", entry.index());
    to.put("time", entry.time());
    if (entry instanceof Entry.Op op) {
      to.put("process", op.process());
      to.put("type", op.type().word());
      to.put("f", op.f());
      putIfPresent(to, "key", op.key());
      to.put("value", op.value());
      putIfPresent(to, "error", op.error());
      putIfPresent(to, "client", op.client());
      putIfPresent(to, "node", op.node());
      if (op.late()) {
        to.put("late", true);
      }
      // A figure for latencies; a history is the same without it.
      if (op.intended() != op.time() && !(to instanceof Hashed)) {
        to.put("intended", op.intended());
      }
    } else if (entry instanceof Entry.Node node) {
      to.put("process", node.node());
      to.put("type", "event");
      to.put("f", node.name());
      to.put("incarnation", node.incarnation());
      to.put("seq", node.seq());
      to.put("value", node.facts());
    } else if (entry instanceof Entry.Fault fault) {
      to.put("process", "nemesis");
      to.put("type", "info");
      to.put("f", fault.kind());
      to.put("fault", fault.fault());
      to.put("phase", fault.phase().word());
      to.put("value", fault.value());
    } else {
      throw new IllegalStateException("no line for " + entry);
    }
  }

  /**
   * The entry of a line, or null for a header line.
   *
   * @param place how to name the line in an error
   * @throws HistoryException if the line is malformed or its checksum is wrong
   */
  public static @Nullable Entry decode(String place, String line) {
    return decode(place, line, false);
  }

  /** As {@link #decode(String, String)}; if it must be sealed, it needs a checksum. */
  static @Nullable Entry decode(String place, String line, boolean mustBeSealed) {
    try {
      JsonView view = JsonView.parse(place, line);
      checkCrc(place, line, mustBeSealed);
      JsonView header = view.find("faultline");
      if (header != null) {
        if (header.integer() != FORMAT) {
          throw view.error(
              "format version "
                  + header.integer()
                  + ", and this build reads "
                  + FORMAT
                  + "; use the build that wrote it");
        }
        return null;
      }
      return entry(view);
    } catch (JsonException e) {
      throw new HistoryException(String.valueOf(e.getMessage()));
    }
  }

  private static Entry entry(JsonView view) {
    long index = view.get("index").integer();
    long time = view.get("time").integer();
    String f = view.get("f").string();
    String type = view.get("type").string();
    JsonView process = view.get("process");
    JsonView value = view.find("value");
    if (type.equals("event")) {
      JsonView incarnation = view.find("incarnation");
      JsonView seq = view.find("seq");
      return new Entry.Node(
          index,
          time,
          process.string(),
          incarnation == null ? 1 : (int) incarnation.integer(),
          seq == null ? index : seq.integer(),
          f,
          value == null ? Map.of() : value.map());
    }
    if (process.value() instanceof String s) {
      if (!s.equals("nemesis")) {
        throw process.error("'" + s + "' is neither a number nor 'nemesis'");
      }
      return new Entry.Fault(
          index,
          time,
          f,
          view.get("fault").string(),
          word(Entry.Phase.class, view.get("phase")),
          value == null ? Map.of() : value.map());
    }
    JsonView late = view.find("late");
    JsonView intended = view.find("intended");
    return new Entry.Op(
        index,
        time,
        (int) process.integer(),
        word(Entry.Type.class, view.get("type")),
        f,
        view.map().get("key"),
        view.map().get("value"),
        string(view, "error"),
        string(view, "client"),
        string(view, "node"),
        late != null && late.bool(),
        intended == null ? time : intended.integer());
  }

  private static <E extends Enum<E>> E word(Class<E> type, JsonView view) {
    try {
      return Enum.valueOf(type, view.string().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw view.error("unknown '" + view.string() + "'");
    }
  }

  private static @Nullable String string(JsonView view, String name) {
    JsonView member = view.find(name);
    return member == null ? null : member.string();
  }

  private static void putIfPresent(Fields to, String name, @Nullable Object value) {
    if (value != null) {
      to.put(name, value);
    }
  }

  /** Whether a line has a checksum at its end. */
  static boolean isSealed(String line) {
    return line.startsWith(CRC, line.length() - SEAL);
  }

  private static void checkCrc(String place, String line, boolean must) {
    if (!isSealed(line)) {
      if (must) {
        throw new HistoryException(
            place + ": no checksum, and the first line has one; take that away after an edit");
      }
      return;
    }
    int at = line.length() - SEAL;
    int from = at + CRC.length();
    String actual = crc(line.substring(0, at));
    if (!line.startsWith(actual, from)) {
      throw new HistoryException(
          place + ": checksum " + line.substring(from, from + DIGITS) + ", want " + actual);
    }
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
