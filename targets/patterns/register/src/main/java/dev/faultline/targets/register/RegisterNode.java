package dev.faultline.targets.register;

import dev.faultline.node.Calls;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One of the replicas, and the one that carries out what its own clients ask. Every operation has
 * two phases, each with a majority, so that any two operations meet in some replica:
 *
 * <pre>
 *   write   query all for their version, take a higher one    store it at all
 *   read    query all, take the newest                        store it at all: the write-back
 * </pre>
 *
 * <p>Without the write-back a read may return a value that only a minority has, and the next read
 * an older one. Nothing is sent twice: an operation whose messages are lost never ends, and its
 * client does not know whether it took effect.
 *
 * @see "Attiya, Bar-Noy, Dolev: Sharing Memory Robustly in Message-Passing Systems, JACM 1995"
 * @see "Lynch, Shvartsman: Robust Emulation of Shared Memory Using Dynamic Quorum-Acknowledged
 *     Broadcasts, FTCS 1997, for many writers"
 */
public final class RegisterNode implements Node {
  private Env env;
  private Calls calls;
  private Replica replica;
  private Variant variant;
  private List<String> nodes;
  private long writes;

  @Override
  public void start(Env env) {
    this.env = env;
    calls = new Calls(env);
    replica = new Replica(env.disk());
    variant = Variant.of(env.config().option("variant"));
    nodes = List.copyOf(env.config().members().keySet());
  }

  @Override
  public void onMessage(String from, Message message) {
    if (calls.answered(message)) {
      return;
    }
    switch (message.type()) {
      case "read" -> read(message, answer(from, message));
      case "write" -> write(message, answer(from, message));
      default -> serve(message, reply -> env.network().send(from, reply));
    }
  }

  /** What any node asks of a replica, this one's own node too. */
  private void serve(Message request, Consumer<Message> answer) {
    switch (request.type()) {
      case "query" -> {
        Versioned found = replica.get(request.text("key"));
        answer.accept(
            request.reply("found", "version", found.version().toJson(), "value", found.value()));
      }
      case "store", "write-back" ->
          replica.store(
              request.text("key"),
              Versioned.of(request),
              () -> answer.accept(request.reply("stored")));
      default -> answer.accept(request.error(10, "no request " + request.type()));
    }
  }

  private void read(Message request, Consumer<Versioned> answer) {
    String key = request.text("key");
    if (variant.readsLocally()) {
      answer.accept(replica.get(key));
      return;
    }
    newest(
        key,
        newest -> {
          if (variant.writesBack()) {
            majority(newest.message("write-back", key), stored -> answer.accept(newest));
          } else {
            answer.accept(newest);
          }
        });
  }

  private void write(Message request, Consumer<Versioned> answer) {
    String key = request.text("key");
    String writer = env.self() + "." + env.incarnation() + "." + ++writes;
    newest(
        key,
        newest -> {
          Version higher = new Version(newest.version().counter() + 1, writer);
          Versioned next = new Versioned(higher, request.field("value"));
          majority(next.message("store", key), stored -> answer.accept(next));
        });
  }

  private void newest(String key, Consumer<Versioned> then) {
    majority(
        Message.of("query", "key", key),
        found -> {
          Versioned newest = Versioned.NONE;
          for (Message answer : found) {
            Versioned version = Versioned.of(answer);
            newest = version.newerThan(newest) ? version : newest;
          }
          then.accept(newest);
        });
  }

  /**
   * Asks all nodes, this one's replica without a message, and goes on, once, with the answers of
   * the first majority.
   */
  private void majority(Message request, Consumer<List<Message>> then) {
    int enough = variant.enough(nodes.size());
    List<Message> answers = new ArrayList<>();
    Consumer<Message> collect =
        answer -> {
          if (answers.size() < enough) {
            answers.add(answer);
            if (answers.size() == enough) {
              then.accept(answers);
            }
          }
        };
    for (String node : nodes) {
      if (node.equals(env.self())) {
        serve(
            request,
            answer -> {
              if (request.type().equals("store")) {
                env.event(
                    "stored", "key", request.field("key"), "version", request.field("version"));
              }
              collect.accept(answer);
            });
      } else {
        calls.call(node, request, collect);
      }
    }
  }

  private Consumer<Versioned> answer(String client, Message request) {
    String type = request.type() + "_ok";
    return result -> env.network().send(client, request.reply(type, "value", result.value()));
  }
}
