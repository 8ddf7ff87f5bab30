package dev.faultline.targets.raft;

import dev.faultline.node.Message;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a request waits for, at most once.
 *
 * @param to the client, or the node that passed its request on
 * @param f what was asked
 * @param id of the request that was passed on; 0 if a client asked this node
 */
record Answer(Server server, String to, Message request, String f, long id) {
  /** Definite: no leader took it. */
  static final int NO_LEADER = 11;

  /** Definite: a compare-and-set found another value. */
  static final int OTHER_VALUE = 22;

  /** A crash, in Maelstrom's table: nothing is known. */
  private static final int UNKNOWN = 13;

  void ok(@Nullable Object value) {
    answer(0, value);
  }

  /** It did not take effect and never will; codes as in {@link Message#error}. */
  void refuse(int code, String why) {
    answer(code, why);
  }

  /** It may have taken effect, or may still; a read has no effect. */
  void leaveOpen(String why) {
    answer(f.equals("read") ? NO_LEADER : UNKNOWN, why);
  }

  /** Passes on what the leader answered. */
  void pass(Message forwarded) {
    answer((int) Fields.number(forwarded, "code"), forwarded.field("value"));
  }

  private void answer(int code, @Nullable Object value) {
    if (id != 0) {
      server.send(to, Message.of("forwarded", "id", id, "code", (long) code, "value", value));
    } else if (code == 0) {
      server.send(to, request.reply(f + "_ok", "value", value));
    } else {
      server.send(to, request.error(code, String.valueOf(value)));
    }
  }
}
