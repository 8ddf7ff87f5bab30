package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.harness.host.SessionPort;
import dev.faultline.node.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How each kind of client is reached; every port answers an operation at most once. */
final class Ports {
  private Ports() {}

  /** The port of one client of a run. */
  static Cluster.Host open(
      Client client, Cluster cluster, ClientSpec spec, Setup setup, Client.Events events) {
    return switch (client) {
      case Client.Codec codec -> new CodecPort(codec, cluster, spec);
      case Client.Blocking blocking ->
          blocking.hosted()
              ? cluster.host(spec.id(), spec.node())
              : new SessionPort(
                  blocking,
                  new Client.Context(
                      spec.id(),
                      spec.node(),
                      cluster.endpoints(spec.id()),
                      setup.options(),
                      events));
    };
  }

  /**
   * A codec client over channels. A channel that was given up stays open for a while, since a late
   * answer on it is as good as any.
   */
  private static final class CodecPort implements Cluster.Host {
    private static final int KEPT = 4;

    private final Client.Codec codec;
    private final Cluster cluster;
    private final ClientSpec spec;
    private final Deque<Line> old = new ArrayDeque<>();
    private long ids;
    private @Nullable Line line;

    CodecPort(Client.Codec codec, Cluster cluster, ClientSpec spec) {
      this.codec = codec;
      this.cluster = cluster;
      this.spec = spec;
    }

    @Override
    public void invoke(Client.Invocation op, Consumer<Client.Result> answer) {
      Line now = line;
      if (now == null || now.isClosed()) {
        now = new Line();
        line = now;
        now.channel = cluster.connect(spec.id(), spec.node(), now);
      }
      Message request = codec.request(op);
      long id = ++ids;
      now.send(id, new Pending(op, answer), request.with("msg_id", id));
    }

    @Override
    public void reopen() {
      Line now = line;
      line = null;
      if (now != null) {
        old.addLast(now);
        if (old.size() > KEPT) {
          old.removeFirst().close();
        }
      }
    }

    private record Pending(Client.Invocation op, Consumer<Client.Result> answer) {}

    /** One channel and what waits on it; called from the loop and from the channel's thread. */
    private final class Line implements Cluster.ChannelListener {
      private final Map<Long, Pending> waiting = new LinkedHashMap<>();
      private Cluster.@Nullable Channel channel;
      private @Nullable String closed;

      synchronized boolean isClosed() {
        return closed != null;
      }

      void send(long id, Pending pending, Message message) {
        String gone;
        synchronized (this) {
          gone = closed;
          if (gone == null) {
            waiting.put(id, pending);
          }
        }
        Cluster.Channel to = channel;
        if (gone != null || to == null) {
          // Nothing was sent, but only the channel could prove that.
          pending.answer.accept(new Client.Result.Info("connection closed: " + gone));
        } else {
          to.send(message);
        }
      }

      void close() {
        Cluster.Channel to = channel;
        if (to != null) {
          to.close();
        }
      }

      @Override
      public void message(Message message) {
        Pending pending;
        synchronized (this) {
          pending =
              message.field("in_reply_to") instanceof Number id
                  ? waiting.remove(id.longValue())
                  : null;
        }
        if (pending != null) {
          pending.answer.accept(meaning(pending.op, message));
        }
      }

      @Override
      public void closed(String reason) {
        Map<Long, Pending> unanswered;
        synchronized (this) {
          closed = reason;
          unanswered = new LinkedHashMap<>(waiting);
          waiting.clear();
        }
        Client.Result unknown = new Client.Result.Info("connection closed: " + reason);
        unanswered.values().forEach(p -> p.answer.accept(unknown));
      }
    }

    private Client.Result meaning(Client.Invocation op, Message message) {
      try {
        return codec.reply(op, message);
      } catch (RuntimeException e) {
        return new Client.Result.Info("answer not understood: " + e.getMessage());
      }
    }
  }
}
