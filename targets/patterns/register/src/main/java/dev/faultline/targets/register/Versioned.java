package dev.faultline.targets.register;

import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import org.jspecify.annotations.Nullable;

/** A value with its version. */
record Versioned(Version version, @Nullable Object value) {
  /** What a key has that was never written. */
  static final Versioned NONE = new Versioned(Version.NONE, null);

  /** From the fields {@code version} and {@code value} of a record on disk. */
  static Versioned of(JsonView fields) {
    return new Versioned(Version.fromJson(fields.get("version")), fields.get("value").value());
  }

  /** From the fields {@code version} and {@code value} of a message. */
  static Versioned of(Message message) {
    JsonView version = JsonView.of("message.version", message.field("version"));
    return new Versioned(Version.fromJson(version), message.field("value"));
  }

  Message message(String type, String key) {
    return Message.of(type, "key", key, "version", version.toJson(), "value", value);
  }

  boolean newerThan(Versioned other) {
    return version.compareTo(other.version) > 0;
  }
}
