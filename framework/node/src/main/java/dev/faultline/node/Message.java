package dev.faultline.node;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message, as the Maelstrom protocol has it: {@code type}, optional {@code msg_id}
 * and {@code in_reply_to}, and fields of its own (source: Maelstrom, doc/protocol.md).
 */
public record Message(Map<String, @Nullable Object> body) {
  /** A message of this type with these fields, given as name, value, name, value … */
  public static Message of(String type, @Nullable Object... fields) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", type);
    for (int i = 0; i < fields.length; i += 2) {
      body.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    return new Message(body);
  }

  /** The answer to this message. */
  public Message reply(String type, @Nullable Object... fields) {
    Message reply = of(type, fields);
    Object id = body.get("msg_id");
    if (id != null) {
      reply.body.put("in_reply_to", id);
    }
    return reply;
  }

  /** An error answer; codes as in Maelstrom's table (11 is "temporarily unavailable"). */
  public Message error(int code, String text) {
    return reply("error", "code", (long) code, "text", text);
  }

  public String type() {
    return view().get("type").string();
  }

  /** A field that is a whole number. */
  public long integer(String name) {
    return view().get(name).integer();
  }

  /** A field that is a text. */
  public String text(String name) {
    return view().get(name).string();
  }

  /** A field of any type, null when absent. */
  public @Nullable Object field(String name) {
    return body.get(name);
  }

  /** The fields, for reading with errors that name the field; see {@link JsonException}. */
  public JsonView view() {
    return JsonView.of("message", body);
  }
}
