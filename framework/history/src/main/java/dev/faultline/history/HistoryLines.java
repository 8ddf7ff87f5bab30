package dev.faultline.history;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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

  private static final String CRC = ",\"crc\":\"";

  private HistoryLines() {}

  /** The first line of a file. */
  public static String header(String runId) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("faultline", FORMAT);
    map.put("run", runId);
    return seal(map);
  }

  /** The line of an entry, without its line end. */
  public static String encode(Entry entry) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("index", entry.index());
    map.put("time", entry.time());
    switch (entry) {
      case Entry.Op op -> {
        map.put("process", (long) op.process());
        map.put("type", op.type().word());
        map.put("f", op.f());
        if (op.key() != null) {
          map.put("key", op.key());
        }
        map.put("value", op.value());
        putIfPresent(map, "error", op.error());
        putIfPresent(map, "client", op.client());
        putIfPresent(map, "node", op.node());
        if (op.late()) {
          map.put("late", true);
        }
      }
      case Entry.Fault fault -> {
        map.put("process", "nemesis");
        map.put("type", "info");
        map.put("f", fault.kind());
        map.put("fault", fault.fault());
        map.put("phase", fault.phase().word());
        map.put("value", fault.value());
      }
      case Entry.Node node -> {
        map.put("process", node.node());
        map.put("type", "event");
        map.put("f", node.name());
        map.put("incarnation", (long) node.incarnation());
        map.put("seq", node.seq());
        map.put("value", node.facts());
      }
    }
    return seal(map);
  }

  /**
   * The entry of a line, or null for a header line.
   *
   * @param place how to name the line in an error
   * @throws HistoryException if the line is malformed or its checksum is wrong
   */
  public static @Nullable Entry decode(String place, String line) {
    try {
      JsonView view = JsonView.parse(place, line);
      checkCrc(place, line);
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
        late != null && late.bool());
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

  private static void putIfPresent(
      Map<String, @Nullable Object> map, String name, @Nullable String value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private static String seal(Map<String, @Nullable Object> map) {
    StringBuilder line = new StringBuilder(160);
    Json.write(map, line);
    line.setLength(line.length() - 1);
    String crc = crc(line.toString());
    return line.append(CRC).append(crc).append("\"}").toString();
  }

  private static void checkCrc(String place, String line) {
    int at = line.lastIndexOf(CRC);
    if (at < 0) {
      return;
    }
    int from = at + CRC.length();
    int to = line.indexOf('"', from);
    String actual = crc(line.substring(0, at));
    if (to < 0 || !line.substring(from, to).equals(actual)) {
      throw new HistoryException(
          place + ": checksum " + line.substring(from, Math.max(from, to)) + ", want " + actual);
    }
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
