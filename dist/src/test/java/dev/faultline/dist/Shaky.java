package dev.faultline.dist;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.node.Message;
import dev.faultline.spec.Claim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A register on one node, with variants that are not the same when they are run again. */
public final class Shaky implements Target {
  /** The environment of a command that is to find it on its class path. */
  static Map<String, String> onClassPath(Path dir) throws IOException {
    return Faultline.with(dir, Map.of(Target.class, Shaky.class));
  }

  @Override
  public String id() {
    return "shaky";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "a register on one node, for tests of what is not deterministic";
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<Variant> variants() {
    return List.of(
        new Variant("correct", "the same whenever it is run"),
        new Variant("reads-a-clock", "tells clients, who do not heed it, the machine's time"),
        new Variant("iterates-a-set", "its events are in the order of a Set.of"),
        new Variant("writes-a-set", "and so is what it writes to its disk"),
        new Variant("forgets-at-times", "forgets what it was told, and at another time each run"));
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("cas", "false", List.of("false"), "it has read and write only"));
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claim.of("linearizable", "ShakyNode", "partition", "pause"));
  }

  @Override
  public List<String> environments() {
    return List.of("sim");
  }

  @Override
  public List<String> interfaces() {
    return List.of("register");
  }

  @Override
  public Deployment deployment(Setup setup) {
    Deployment.Launch kit =
        new Deployment.Kit(ShakyNode.class, Map.of("variant", setup.variant()), false);
    return new Deployment(
        List.of(new Deployment.NodeSpec("n1", "node", kit)), Duration.ofSeconds(30));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new Client.Codec() {
      @Override
      public Message request(Client.Invocation op) {
        return Message.of(op.f(), "key", String.valueOf(op.key()), "value", op.value());
      }

      @Override
      public Client.Result reply(Client.Invocation op, Message reply) {
        return new Client.Result.Ok(reply.field("value"));
      }
    };
  }

  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofMillis(200), Duration.ofSeconds(15));
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
