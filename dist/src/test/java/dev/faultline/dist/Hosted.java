package dev.faultline.dist;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import dev.faultline.node.process.Frames;
import dev.faultline.spec.Claim;
import java.io.DataInputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** The quorum register, its clients in hosts of their own: {@code c1} is pinned to {@code n1}. */
public final class Hosted implements Target {
  /** Not in the constructor, which the catalog calls. */
  private static Target register() {
    return Catalog.target("register");
  }

  @Override
  public String id() {
    return "hosted";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "the quorum register with hosted clients, for tests of faults that hit these";
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<Option> options() {
    return register().options();
  }

  @Override
  public List<Claim> claims() {
    return List.of();
  }

  @Override
  public List<String> environments() {
    return List.of("local", "containers", "inert-local");
  }

  @Override
  public List<String> interfaces() {
    return register().interfaces();
  }

  @Override
  public Deployment deployment(Setup setup) {
    return register().deployment(setup);
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    Client.Codec codec = (Client.Codec) register().client(clientInterface, setup);
    return Client.Blocking.inHosts(context -> new Asking(codec, context));
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofMillis(500), Duration.ofSeconds(15));
  }

  /**
   * Asks its own node over a connection for each operation: for the key's value first, so that
   * there are two messages on their way that can overtake each other.
   */
  private record Asking(Client.Codec codec, Client.Context context) implements Client.Session {
    @Override
    public Client.Result invoke(Client.Invocation op) throws Exception {
      InetSocketAddress node = context.endpoints().get(context.node());
      if (node == null) {
        throw new IllegalStateException("no endpoint of " + context.node());
      }
      Message ahead = Message.of("read", "key", String.valueOf(op.key()), "msg_id", 1L);
      Message request = codec.request(op).with("msg_id", 2L);
      try (Socket socket = new Socket(node.getHostString(), node.getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(Frames.hello(context.client()));
        out.write(Frames.encode(ahead.body()));
        out.write(Frames.encode(request.body()));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        JsonView answer = Frames.read(context.node(), in);
        while (answer != null && answer.get("in_reply_to").integer() != 2) {
          answer = Frames.read(context.node(), in);
        }
        return answer == null
            ? new Client.Result.Info("closed")
            : codec.reply(op, new Message(answer.map()));
      }
    }

    @Override
    public void close() {}
  }
}
