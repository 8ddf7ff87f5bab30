package dev.faultline.targets.reference;

import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of an object.
 *
 * @param client who asks
 * @param id rises with each call of the client, so that one that comes twice is known again
 * @param on the client interface, such as {@code set}
 */
record Call(
    String client, long id, String on, String f, @Nullable Object key, @Nullable Object value) {
  /** As the client itself sent it. */
  static Call of(String client, Message message) {
    return new Call(
        client,
        message.integer("msg_id"),
        message.text("on"),
        message.text("f"),
        message.field("key"),
        message.field("value"));
  }

  /** As another node forwarded it. */
  static Call forwarded(Message message) {
    return new Call(
        message.text("client"),
        message.integer("id"),
        message.text("on"),
        message.text("f"),
        message.field("key"),
        message.field("value"));
  }

  Message forward() {
    return Message.of(
        "forward", "client", client, "id", id, "on", on, "f", f, "key", key, "value", value);
  }

  /** As a line of the journal. */
  Map<String, @Nullable Object> record() {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("client", client);
    record.put("id", id);
    record.put("on", on);
    record.put("f", f);
    record.put("key", key);
    record.put("value", value);
    return record;
  }

  static Call of(JsonView record) {
    return new Call(
        record.get("client").string(),
        record.get("id").integer(),
        record.get("on").string(),
        record.get("f").string(),
        record.get("key").value(),
        record.get("value").value());
  }

  /** The object that this is about, as a name. */
  String name() {
    return String.valueOf(key);
  }
}
