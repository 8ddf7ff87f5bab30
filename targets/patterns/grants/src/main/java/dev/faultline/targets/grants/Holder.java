package dev.faultline.targets.grants;

import dev.faultline.node.Calls;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Acquires the lease, and writes while it believes to hold it. It believes for a term less a margin
 * for clocks that run at different rates, counted from when it asked, by its own monotonic clock. A
 * write is: look whether the lease is held, work for a while, append with the token. It does not
 * look again after the work: between looking and the append's arrival the lease can end anyway, and
 * what then protects the log is the token.
 */
public final class Holder implements Node {
  private static final int WORK_LEAST_MILLIS = 50;
  private static final int WORK_SPREAD_MILLIS = 150;

  private Env env;
  private Calls calls;
  private Settings settings;
  private String server;
  private String log;

  /** What it believes to hold; null when it has let go or was told off. */
  private @Nullable Lease lease;

  /**
   * The newest request of each client; an older one is a repeat, or was overtaken: both are void.
   */
  private final Map<String, Long> newest = new TreeMap<>();

  /** How often it has released: a grant that it asked for before its last release is void. */
  private int releases;

  /**
   * A lease as this holder sees it.
   *
   * @param until by this node's monotonic clock
   */
  private record Lease(long token, long until) {}

  @Override
  public void start(Env env) {
    this.env = env;
    calls = new Calls(env);
    settings = Settings.of(env.config());
    server = env.config().withRole("server").get(0);
    log = env.config().withRole("log").get(0);
  }

  @Override
  public void onMessage(String from, Message message) {
    if (calls.answered(message)) {
      return;
    }
    if (message.field("msg_id") instanceof Long id) {
      if (id <= newest.getOrDefault(from, 0L)) {
        return;
      }
      newest.put(from, id);
    }
    Consumer<Message> answer = reply -> env.network().send(from, reply);
    switch (message.type()) {
      case "acquire" ->
          ask(Message.of("acquire", "session", session()), message, "acquire_ok", answer);
      case "renew" -> renew(message, answer);
      case "release" -> release(message, answer);
      case "held" -> held(message, answer);
      case "write" -> write(message, answer);
      default -> answer.accept(message.error(10, "no request " + message.type()));
    }
  }

  /**
   * Changes with each release: a release that is late must not find a later grant under its own
   * session and token, and free what this node believes to hold.
   */
  private String session() {
    return env.self() + "." + env.incarnation() + "." + releases;
  }

  /** The lease that it may act on now, or null. */
  private @Nullable Lease believed() {
    Lease have = lease;
    return have == null || settings.defect().isOver(env.clock().monotonic(), have.until)
        ? null
        : have;
  }

  private void renew(Message message, Consumer<Message> answer) {
    Lease have = believed();
    if (have == null) {
      answer.accept(message.error(22, "not held"));
    } else {
      Message request = Message.of("renew", "session", session(), "token", have.token);
      ask(request, message, "renew_ok", answer);
    }
  }

  /** Asks the server for a term, and passes its answer on. */
  private void ask(Message request, Message message, String type, Consumer<Message> answer) {
    long asked = env.clock().monotonic();
    int released = releases;
    calls.call(
        server,
        request,
        reply -> {
          if (reply.type().equals("granted")) {
            if (released == releases) {
              believe(reply.integer("token"), asked);
            }
            answer.accept(
                message.reply(type, "token", reply.field("token"), "ttl", reply.field("ttl")));
          } else {
            lease = null;
            answer.accept(refusal(message, reply));
          }
        });
  }

  private void believe(long token, long asked) {
    long begins = settings.defect().termBegins(asked, env.clock().monotonic());
    Lease next = new Lease(token, begins + settings.trusted());
    Lease have = lease;
    // Answers can overtake each other.
    if (have == null
        || next.token > have.token
        || next.token == have.token && next.until - have.until > 0) {
      lease = next;
    }
  }

  private void release(Message message, Consumer<Message> answer) {
    Lease have = lease;
    if (have == null) {
      answer.accept(message.error(22, "not held"));
      return;
    }
    // It must not believe any more when the server hears of it.
    lease = null;
    Message request = Message.of("release", "session", session(), "token", have.token);
    releases++;
    calls.call(
        server,
        request,
        reply ->
            answer.accept(
                reply.type().equals("released")
                    ? message.reply("release_ok", "token", have.token)
                    : refusal(message, reply)));
  }

  /** The error that another node answered, as the answer to a request of our own client. */
  private static Message refusal(Message request, Message error) {
    return request.error((int) error.integer("code"), error.text("text"));
  }

  private void held(Message message, Consumer<Message> answer) {
    Lease have = believed();
    answer.accept(
        have == null
            ? message.reply("held_ok", "held", false)
            : message.reply("held_ok", "held", true, "token", have.token));
  }

  private void write(Message message, Consumer<Message> answer) {
    Lease have = believed();
    if (have == null) {
      answer.accept(message.error(22, "not held"));
      return;
    }
    env.event("working", "token", have.token);
    int millis = WORK_LEAST_MILLIS + env.random("work").nextInt(WORK_SPREAD_MILLIS + 1);
    env.timers()
        .after(
            Duration.ofMillis(millis),
            () -> {
              String payload = message.text("payload");
              calls.call(
                  log,
                  Message.of("append", "token", have.token, "payload", payload),
                  reply ->
                      answer.accept(
                          reply.type().equals("appended")
                              ? message.reply(
                                  "write_ok",
                                  "token",
                                  have.token,
                                  "position",
                                  reply.field("position"))
                              : refusal(message, reply)));
            });
  }
}
