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
import java.util.concurrent.atomic.AtomicLong;

/** One number in memory. */
public final class ToyTarget implements Target {
  @Override
  public String id() {
    return "toy";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "one number in memory";
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<Variant> variants() {
    return List.of(
        new Variant("correct", "nothing wrong"),
        new Variant("forgets", "every read is of the first number"),
        new Variant("forgets-at-even-seeds", "as forgets, but only then"),
        new Variant("unpausable", "no fault ever takes effect"));
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("colour", "red", List.of("red", "blue"), "means nothing"));
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claim.of("toy.last-write", "this file", "pause"));
  }

  @Override
  public List<String> environments() {
    return List.of("memory", "absent");
  }

  @Override
  public List<String> interfaces() {
    return List.of("number");
  }

  @Override
  public Deployment deployment(Setup setup) {
    return new Deployment(
        List.of(
            new Deployment.NodeSpec(
                "n1", "node", new Deployment.Kit(Nothing.class, Map.of(), false))),
        Duration.ofSeconds(1));
  }

  /** Never started: the environment keeps everything in memory. */
  public static final class Nothing implements Node {
    @Override
    public void start(Env env) {}

    @Override
    public void onMessage(String from, Message message) {}

    @Override
    public void stop() {}
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    boolean forgets =
        setup.variant().equals("forgets")
            || setup.variant().equals("forgets-at-even-seeds") && setup.seed() % 2 == 0;
    AtomicLong number = new AtomicLong();
    return new Client.Blocking() {
      @Override
      public boolean hosted() {
        return false;
      }

      @Override
      public Client.Session open(Client.Context context) {
        return new Client.Session() {
          @Override
          public Client.Result invoke(Client.Invocation op) {
            if (op.value() instanceof Long value) {
              number.set(forgets ? 1 : value);
            }
            return new Client.Result.Ok(op.f().equals("read") ? (Object) number.get() : null);
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofMillis(100), Duration.ofSeconds(2));
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
