package dev.faultline.targets.reference;

import dev.faultline.harness.Client;
import dev.faultline.node.Message;
import java.util.Set;

/**
 * Operations of every interface as messages.
 *
 * @param on the interface
 */
record ReferenceClient(String on) implements Client.Codec {
  @Override
  public Set<String> definite(String f) {
    return switch (f) {
      case "cas" -> Set.of("another value", "want [expected, new]");
      case "acquire" -> Set.of("held by ");
      case "release" -> Set.of("not held");
      case "resign" -> Set.of("it does not lead");
      case "transfer" -> Set.of("too little in ", "no account ");
      case "enqueue" -> Set.of("nothing to enqueue");
      default -> Set.of();
    };
  }

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
