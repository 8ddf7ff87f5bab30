package dev.faultline.local;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import dev.faultline.node.process.Frames;
import dev.faultline.spec.Claim;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Toys with a codec client ({@code toy}) and one that blocks and is hosted. */
public final class ToyTarget implements Target {
  @Override
  public String id() {
    return "toys";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "answers";
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<Variant> variants() {
    return List.of(new Variant("correct", "nothing"));
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public List<Claim> claims() {
    return List.of();
  }

  @Override
  public List<String> environments() {
    return List.of("local");
  }

  @Override
  public List<String> interfaces() {
    return List.of("toy", "toy-blocking");
  }

  @Override
  public Deployment deployment(Setup setup) {
    return new Deployment(List.of(), Duration.ofSeconds(1));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return clientInterface.equals("toy") ? new Echo() : new Blocking();
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return Map.of();
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return List.of();
  }

  private static final class Echo implements Client.Codec {
    @Override
    public Message request(Client.Invocation op) {
      return Message.of("echo", "value", op.value());
    }

    @Override
    public Client.Result reply(Client.Invocation op, Message reply) {
      return new Client.Result.Ok(reply.field("value"));
    }
  }

  private static final class Blocking implements Client.Blocking {
    @Override
    public Set<String> definite(String f) {
      return Set.of("no endpoint among ");
    }

    @Override
    public boolean hosted() {
      return true;
    }

    @Override
    public Client.Session open(Client.Context context) {
      return new Client.Session() {
        /** Asks the node that the operation's key names for an echo, over a fresh connection. */
        @Override
        public Client.Result invoke(Client.Invocation op) throws IOException {
          InetSocketAddress node = context.endpoints().get(String.valueOf(op.key()));
          if (node == null) {
            return new Client.Result.Fail("no endpoint among " + context.endpoints().keySet());
          }
          try (Socket socket = new Socket(node.getHostString(), node.getPort())) {
            socket.getOutputStream().write(Frames.hello(context.client()));
            Message echo = Message.of("echo", "value", op.value(), "msg_id", 1L);
            socket.getOutputStream().write(Frames.encode(echo.body()));
            JsonView answer = Frames.read("node", new DataInputStream(socket.getInputStream()));
            return answer == null
                ? new Client.Result.Info("closed")
                : new Client.Result.Ok(answer.get("value").value());
          }
        }

        @Override
        public void close() {}
      };
    }
  }
}
