package dev.faultline.targets.raft;

import dev.faultline.node.Message;

/** Reads fields of messages without detours: this runs for every message. */
final class Fields {
  private Fields() {}

  static long number(Message message, String name) {
    // The slow way says what is wrong, and where.
    return message.field(name) instanceof Long n ? n : message.integer(name);
  }

  static boolean flag(Message message, String name) {
    return Boolean.TRUE.equals(message.field(name));
  }

  static String text(Message message, String name) {
    return message.field(name) instanceof String s ? s : message.text(name);
  }
}
