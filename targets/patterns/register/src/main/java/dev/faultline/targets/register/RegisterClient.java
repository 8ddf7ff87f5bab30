package dev.faultline.targets.register;

import dev.faultline.harness.Client;
import dev.faultline.node.Message;
import java.util.Set;

/**
 * What operations on the register look like as messages. There is no definite error: whatever is
 * not an answer leaves the outcome unknown.
 */
final class RegisterClient implements Client.Codec {
  @Override
  public Set<String> definite(String f) {
    return Set.of();
  }

  @Override
  public Message request(Invocation op) {
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "read" -> Message.of("read", "key", key);
      case "write" -> Message.of("write", "key", key, "value", op.value());
      default ->
          throw new IllegalArgumentException(
              "register has no '" + op.f() + "'; it has read and write");
    };
  }

  @Override
  public Result reply(Invocation op, Message reply) {
    return switch (reply.type()) {
      case "read_ok" -> new Result.Ok(reply.field("value"));
      case "write_ok" -> new Result.Ok(null);
      default -> new Result.Info("answer " + reply.body());
    };
  }
}
