package dev.faultline.local;

import dev.faultline.node.Disk;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Echoes, counts on disk, asks another node, tells the time, and breaks when told to; what a test
 * needs to see of a node.
 */
public final class ToyNode implements Node {
  private static final String COUNT = "count";

  @SuppressWarnings("NullAway.Init")
  private Env env;

  @Override
  public void start(Env env) {
    this.env = env;
    env.event("counted", "count", count());
  }

  @Override
  public void onMessage(String from, Message message) {
    switch (message.type()) {
      case "echo" -> answer(from, message.reply("echo_ok", "value", message.field("value")));
      case "count" -> increment(from, message);
      case "forward" -> {
        env.event("forwarding", "to", message.text("to"));
        env.network()
            .send(
                message.text("to"),
                Message.of(
                    "asked", "for", from, "msg_id", message.integer("msg_id"), "by", env.self()));
      }
      case "asked" -> {
        env.event("asked", "by", from);
        env.network()
            .send(
                from,
                Message.of(
                    "told", "for", message.text("for"), "in_reply_to", message.integer("msg_id")));
      }
      case "told" ->
          env.network()
              .send(
                  message.text("for"),
                  Message.of(
                      "forward_ok", "via", from, "in_reply_to", message.integer("in_reply_to")));
      case "wait" -> {
        long began = env.clock().monotonic();
        env.timers()
            .after(
                Duration.ofMillis(message.integer("millis")),
                () ->
                    answer(
                        from, message.reply("wait_ok", "waited", env.clock().monotonic() - began)));
      }
      case "random" ->
          answer(from, message.reply("random_ok", "value", env.random("toy").nextLong()));
      case "crash" -> throw new IllegalStateException("told to crash");
      default -> answer(from, message.error(10, "what is " + message.type() + "?"));
    }
  }

  private void increment(String from, Message message) {
    long next = count() + 1;
    env.disk().replace(COUNT, Long.toString(next).getBytes(StandardCharsets.UTF_8));
    env.disk()
        .sync(
            COUNT,
            result -> {
              if (result == Disk.Result.DURABLE) {
                env.event("counted", "count", next);
                answer(from, message.reply("count_ok", "count", next));
              }
            });
  }

  private long count() {
    String text = new String(env.disk().read(COUNT), StandardCharsets.UTF_8);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private void answer(String to, Message message) {
    env.network().send(to, message);
  }
}
