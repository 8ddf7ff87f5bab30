package dev.faultline.targets.grants;

import dev.faultline.harness.Client;
import dev.faultline.node.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operations look like as messages. An error with code 22 (Maelstrom's "precondition failed")
 * is a node's definite no; any other answer leaves the outcome unknown.
 */
final class GrantsClient implements Client.Codec {
  private static final long DEFINITE = 22;

  @Override
  public Set<String> definite(String f) {
    return switch (f) {
      case "acquire" -> Set.of("held by ", "released");
      case "renew", "release" -> Set.of("not held");
      case "write" -> Set.of("not held", "fenced");
      default -> Set.of();
    };
  }

  @Override
  public Message request(Invocation op) {
    return switch (op.f()) {
      case "acquire", "renew", "release", "read" -> Message.of(op.f());
      case "held?" -> Message.of("held");
      case "write" -> Message.of("write", "payload", op.value());
      default -> throw new IllegalArgumentException("grants has no '" + op.f() + "'");
    };
  }

  @Override
  public Result reply(Invocation op, Message reply) {
    return switch (reply.type()) {
      case "acquire_ok", "renew_ok" -> new Result.Ok(fields(reply, "token", "ttl"));
      case "release_ok" -> new Result.Ok(fields(reply, "token"));
      case "held_ok" -> new Result.Ok(fields(reply, "held", "token"));
      case "write_ok" -> new Result.Ok(fields(reply, "token", "position"));
      case "read_ok" -> new Result.Ok(reply.field("entries"));
      case "error" ->
          Long.valueOf(DEFINITE).equals(reply.field("code"))
              ? new Result.Fail(reply.text("text"))
              : new Result.Info("answer " + reply.body());
      default -> new Result.Info("answer " + reply.body());
    };
  }

  private static Map<String, @Nullable Object> fields(Message reply, String... names) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name : names) {
      if (reply.field(name) != null) {
        fields.put(name, reply.field(name));
      }
    }
    return fields;
  }
}
