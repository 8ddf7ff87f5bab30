package dev.faultline.targets.reference;

import dev.faultline.harness.Client;
import dev.faultline.node.Message;

/**
 * Operations of every interface as messages.
 *
 * @param on the interface
 */
record ReferenceClient(String on) implements Client.Codec {
  @Override
  public Message request(Invocation op) {
    return Message.of("do", "on", on, "f", op.f(), "key", op.key(), "value", op.value());
  }

  @Override
  public Result reply(Invocation op, Message reply) {
    return switch (reply.type()) {
      case "done" -> new Result.Ok(reply.field("value"));
      case "refused" -> new Result.Fail(reply.text("reason"));
      default -> new Result.Info("answer " + reply.body());
    };
  }
}
