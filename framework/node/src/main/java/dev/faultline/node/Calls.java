package dev.faultline.node;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests to other nodes, and what to do when each is answered. Nothing is sent twice and nothing
 * times out: a request that is lost is never answered.
 */
public final class Calls {
  /** Unanswered requests that are remembered; older ones are forgotten. */
  private static final int REMEMBERED = 1 << 14;

  private final Network network;

  /** The request of an id is at {@code id % waiting.length}, a power of two. */
  private @Nullable Waiting[] waiting = new @Nullable Waiting[32];

  private long last;

  public Calls(Env env) {
    network = env.network();
    // An answer to an earlier incarnation's request must not meet one of this incarnation's.
    last = (long) env.incarnation() << 32;
  }

  /** Sends a request, with a {@code msg_id} that it adds; the answer is taken at most once. */
  public void call(String to, Message request, Consumer<Message> answer) {
    remember(new Waiting(++last, answer));
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
    int slot = slot(id);
    Waiting request = waiting[slot];
    if (request != null && request.id == id) {
      waiting[slot] = null;
      request.answer.accept(message);
    }
    return true;
  }

  private record Waiting(long id, Consumer<Message> answer) {}

  private int slot(long id) {
    return (int) (id & (waiting.length - 1));
  }

  private void remember(Waiting request) {
    while (waiting[slot(request.id)] != null && waiting.length < REMEMBERED) {
      @Nullable Waiting[] before = waiting;
      waiting = new @Nullable Waiting[2 * before.length];
      for (Waiting one : before) {
        if (one != null) {
          waiting[slot(one.id)] = one;
        }
      }
    }
    waiting[slot(request.id)] = request;
  }
}
