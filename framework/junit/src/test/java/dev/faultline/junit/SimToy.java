package dev.faultline.junit;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One number on a simulated node. */
public final class SimToy implements Target {
  @Override
  public String id() {
    return "sim-toy";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "one number on a simulated node";
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<Variant> variants() {
    return List.of(
        new Variant("correct", "nothing wrong"),
        new Variant("sleepy", "forgets the number in its sleep"),
        new Variant("moody", "forgets it always, and says so with the machine's time"));
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claim.of("toy.last-write", "this file", "pause"));
  }

  @Override
  public List<String> environments() {
    return List.of("sim");
  }

  @Override
  public List<String> interfaces() {
    return List.of("number");
  }

  @Override
  public Deployment deployment(Setup setup) {
    Deployment.Launch kit =
        new Deployment.Kit(Keeper.class, Map.of("variant", setup.variant()), false);
    return new Deployment(
        List.of(new Deployment.NodeSpec("n1", "node", kit)), Duration.ofSeconds(1));
  }

  /** Keeps the number; a pause is what lies between two messages that are far apart. */
  public static final class Keeper implements Node {
    private static final long SLEEP = 200_000_000;

    private Env env;
    private @Nullable Object number;
    private long last;

    @Override
    public void start(Env env) {
      this.env = env;
      last = env.clock().monotonic();
    }

    @Override
    public void onMessage(String from, Message message) {
      String variant = env.config().option("variant");
      long now = env.clock().monotonic();
      boolean slept = now - last > SLEEP;
      last = now;
      if (variant.equals("sleepy") && slept) {
        number = 0L;
      }
      if (message.type().equals("write")) {
        number = message.field("value");
        if (variant.equals("moody")) {
          number = 0L;
          env.event("forgot", "at", System.nanoTime());
        }
      }
      env.network().send(from, message.reply("done", "value", number));
    }
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new Client.Codec() {
      @Override
      public Message request(Client.Invocation op) {
        return Message.of(op.f(), "value", op.value());
      }

      @Override
      public Client.Result reply(Client.Invocation op, Message reply) {
        return new Client.Result.Ok(op.f().equals("read") ? reply.field("value") : null);
      }
    };
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofMillis(300), Duration.ofSeconds(2));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return Map.of();
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return List.of();
  }
}
