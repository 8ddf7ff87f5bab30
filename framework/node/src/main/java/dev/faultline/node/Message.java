package dev.faultline.node;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message, as the Maelstrom protocol has it: {@code type}, optional {@code msg_id}
 * and {@code in_reply_to}, and fields of its own (source: Maelstrom, doc/protocol.md). Immutable.
 */
public final class Message {
  // Name, value, name, value …: a simulation makes and reads millions of these a second, each with
  // a handful of fields, where a look through an array is faster than a hash table.
  private final @Nullable Object[] fields;

  private Message(@Nullable Object[] fields) {
    this.fields = fields;
  }

  /** A message with these fields. */
  public Message(Map<String, ? extends @Nullable Object> body) {
    this(new @Nullable Object[2 * body.size()]);
    int i = 0;
    for (Map.Entry<String, ? extends @Nullable Object> field : body.entrySet()) {
      fields[i++] = field.getKey();
      fields[i++] = field.getValue();
    }
  }

  /** A message of this type with these fields, given as name, value, name, value … */
  public static Message of(String type, @Nullable Object... fields) {
    return new Message(typed(type, fields, 0));
  }

  private static @Nullable Object[] typed(String type, @Nullable Object[] fields, int room) {
    @Nullable Object[] all = new @Nullable Object[2 + fields.length + room];
    all[0] = "type";
    all[1] = type;
    System.arraycopy(fields, 0, all, 2, fields.length);
    return all;
  }

  /** The answer to this message. */
  public Message reply(String type, @Nullable Object... fields) {
    Object id = field("msg_id");
    if (id == null) {
      return of(type, fields);
    }
    @Nullable Object[] all = typed(type, fields, 2);
    all[all.length - 2] = "in_reply_to";
    all[all.length - 1] = id;
    return new Message(all);
  }

  /** An error answer; codes as in Maelstrom's table (11 is "temporarily unavailable"). */
  public Message error(int code, String text) {
    return reply("error", "code", (long) code, "text", text);
  }

  /** This message with a field set. */
  public Message with(String name, @Nullable Object value) {
    int at = at(name);
    int size = fields.length;
    @Nullable Object[] all = Arrays.copyOf(fields, at < 0 ? size + 2 : size);
    all[at < 0 ? size : at] = name;
    all[(at < 0 ? size : at) + 1] = value;
    return new Message(all);
  }

  public String type() {
    return text("type");
  }

  /** A field that is a whole number. */
  public long integer(String name) {
    return field(name) instanceof Long n ? n : view().get(name).integer();
  }

  /** A field that is a text. */
  public String text(String name) {
    return field(name) instanceof String s ? s : view().get(name).string();
  }

  /** A field of any type, null when absent. */
  public @Nullable Object field(String name) {
    int at = at(name);
    return at < 0 ? null : fields[at + 1];
  }

  @SuppressWarnings("ReferenceEquality") // Names written in code are the same objects.
  private int at(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i] == name) {
        return i;
      }
    }
    int hash = name.hashCode();
    for (int i = 0; i < fields.length; i += 2) {
      // A text remembers its hash, so most other names are told apart at once.
      if (fields[i] instanceof String other && other.hashCode() == hash && other.equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The fields in the order they were given, as a fresh map. */
  public Map<String, @Nullable Object> body() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      body.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    return body;
  }

  /** The fields, for reading with errors that name the field; see {@link JsonException}. */
  public JsonView view() {
    return JsonView.of("message", body());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Message message && body().equals(message.body());
  }

  @Override
  public int hashCode() {
    return body().hashCode();
  }

  @Override
  public String toString() {
    return Json.write(body());
  }
}
