package dev.faultline.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests to other nodes, and what to do when each is answered. Nothing is sent twice and nothing
 * times out: a request that is lost is never answered.
 */
public final class Calls {
  /** Unanswered requests that are remembered; older ones are forgotten. */
  private static final int REMEMBERED = 10_000;

  private final Network network;
  private final Map<Long, Consumer<Message>> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Consumer<Message>> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long last;

  public Calls(Env env) {
    network = env.network();
    // An answer to an earlier incarnation's request must not meet one of this incarnation's.
    last = (long) env.incarnation() << 32;
  }

  /** Sends a request, with a {@code msg_id} that it adds; the answer is taken at most once. */
  public void call(String to, Message request, Consumer<Message> answer) {
    waiting.put(++last, answer);
    network.send(to, request.with("msg_id", last));
  }

  /**
   * Gives an answer to the request that it belongs to.
   *
   * @return false if the message is no answer at all
   */
  public boolean answered(Message message) {
    if (!(message.field("in_reply_to") instanceof Long id)) {
      return false;
    }
    Consumer<Message> answer = waiting.remove(id);
    if (answer != null) {
      answer.accept(message);
    }
    return true;
  }
}
