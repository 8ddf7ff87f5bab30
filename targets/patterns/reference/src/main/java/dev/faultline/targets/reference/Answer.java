package dev.faultline.targets.reference;

import dev.faultline.node.Message;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call.
 *
 * @param value the result; null if it was refused or has none
 * @param refusal why nothing was changed; null if the call was carried out
 */
record Answer(@Nullable Object value, @Nullable String refusal) {
  static Answer done(@Nullable Object value) {
    return new Answer(value, null);
  }

  static Answer no(String refusal) {
    return new Answer(null, refusal);
  }

  Message to(Message request) {
    return refusal == null
        ? request.reply("done", "value", value)
        : request.reply("refused", "reason", refusal);
  }

  /** The answer in a message of another node; null if it is none. */
  static @Nullable Answer of(Message reply) {
    return switch (reply.type()) {
      case "done" -> done(reply.field("value"));
      case "refused" -> no(reply.text("reason"));
      default -> null;
    };
  }
}
