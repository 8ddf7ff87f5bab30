package dev.faultline.containers;

import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Relays pings, keeps a text, and tries to go round the proxy when it is told to. */
public final class ToyNode implements Node {
  private @Nullable Env env;

  @Override
  public void start(Env given) {
    env = given;
  }

  @Override
  public void onMessage(String from, Message message) {
    Env now = env;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    switch (message.type()) {
      case "ask" -> {
        Message ping = Message.of("ping", "client", from, "msg_id", message.field("msg_id"));
        now.network().send(message.text("node"), ping);
      }
      case "ping" ->
          now.network().send(from, message.reply("pong", "client", message.text("client")));
      case "pong" ->
          now.network()
              .send(
                  message.text("client"),
                  Message.of("answered", "in_reply_to", message.field("in_reply_to")));
      case "keep" -> {
        now.disk().replace("text", message.text("text").getBytes(StandardCharsets.UTF_8));
        now.disk().sync("text", done -> now.network().send(from, message.reply("kept")));
      }
      case "tell" ->
          now.network()
              .send(
                  from,
                  message.reply(
                      "told", "text", new String(now.disk().read("text"), StandardCharsets.UTF_8)));
      case "dial" -> now.network().send(from, message.reply("dialled", "how", dial(message)));
      default -> throw new IllegalStateException("asked to die");
    }
  }

  private static String dial(Message message) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(message.text("host"), (int) message.integer("port")), 1_000);
      return "connected";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
