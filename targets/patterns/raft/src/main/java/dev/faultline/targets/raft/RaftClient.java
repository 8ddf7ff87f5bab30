package dev.faultline.targets.raft;

import dev.faultline.harness.Client;
import dev.faultline.node.Message;

/**
 * What operations look like as messages. Definite errors are 11, no leader took the request, and
 * 22, a compare-and-set found another value.
 */
final class RaftClient implements Client.Codec {
  @Override
  public Message request(Invocation op) {
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "read" -> Message.of("read", "key", key);
      case "write", "cas" -> Message.of(op.f(), "key", key, "value", op.value());
      default ->
          throw new IllegalArgumentException(
              "raft has no '" + op.f() + "'; it has read, write and cas");
    };
  }

  @Override
  public Result reply(Invocation op, Message reply) {
    return switch (Fields.text(reply, "type")) {
      case "read_ok" -> new Result.Ok(reply.field("value"));
      case "write_ok", "cas_ok" -> new Result.Ok(null);
      case "error" -> {
        long code = Fields.number(reply, "code");
        String text = Fields.text(reply, "text");
        yield code == Answer.NO_LEADER || code == Answer.OTHER_VALUE
            ? new Result.Fail(text)
            : new Result.Info(text);
      }
      default -> new Result.Info("answer " + reply.body());
    };
  }
}
