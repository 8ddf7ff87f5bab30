package dev.faultline.targets.raft;

import dev.faultline.harness.Client;
import dev.faultline.node.Message;
import java.util.Set;
import java.util.TreeSet;

/**
 * What operations look like as messages. Definite errors are 11, no leader took the request, and
 * 22, a compare-and-set found another value.
 */
final class RaftClient implements Client.Codec {
  /**
   * Of all functions: the request is in nobody's log, since only a leader appends it; a leader of
   * another term than the one it was sent for takes nothing.
   */
  private static final Set<String> NO_LEADER = Set.of("knows no leader", "does not lead: ");

  @Override
  public Set<String> definite(String f) {
    Set<String> reasons = new TreeSet<>(NO_LEADER);
    switch (f) {
      // It has no effect, wherever it was when the leader was lost.
      case "read" -> reasons.addAll(Set.of("leads no more", "the leader is lost"));
      // The log's entry was applied, and compared.
      case "cas" -> reasons.add("the register has another value");
      default -> {}
    }
    return reasons;
  }

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
