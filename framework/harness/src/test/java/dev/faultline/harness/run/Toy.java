package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.node.Message;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import dev.faultline.spec.Minimums;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A target with two nodes and a workload of writes every 10 ms, for tests of the run. */
final class Toy {
  private Toy() {}

  /** Writes 1, 2, 3 … by whoever is free. */
  private record Writes(long next, long due) implements Generator {
    @Override
    public Step next(Context context) {
      if (context.now() < due || context.free().isEmpty()) {
        return new Step.Wait(context.now() < due ? due : Long.MAX_VALUE, this);
      }
      return new Step.Do(
          new Ask(context.free().get(0).client(), "write", null, next),
          new Writes(next + 1, due + 10_000_000));
    }
  }

  /** One read by each client. */
  private record Reads(List<String> left) implements Generator {
    @Override
    public Step next(Context context) {
      if (left.isEmpty()) {
        return new Step.Done();
      }
      String client = left.get(0);
      return context.free().stream().anyMatch(f -> f.client().equals(client))
          ? new Step.Do(
              new Ask(client, "read", null, null), new Reads(left.subList(1, left.size())))
          : new Step.Wait(Long.MAX_VALUE, this);
    }
  }

  static class ToyWorkload implements Workload {
    @Override
    public String id() {
      return "toy";
    }

    @Override
    public String summary() {
      return "writes";
    }

    @Override
    public Interface clientInterface() {
      return new Interface("toy", List.of());
    }

    /** It is quick: in a short run no two of its operations meet. */
    @Override
    public Minimums minimums(Plan plan) {
      return Minimums.STANDARD.pairs(0);
    }

    @Override
    public List<Target.Option> options() {
      return List.of();
    }

    @Override
    public List<ClientSpec> clients(Plan plan) {
      return List.of(new ClientSpec("c1", "n1", "any"), new ClientSpec("c2", "n2", "any"));
    }

    @Override
    public Generator generator(Plan plan) {
      return new Writes(1, 0);
    }

    @Override
    public Generator finalGenerator(Plan plan) {
      return new Reads(List.of("c1", "c2"));
    }

    @Override
    public List<CheckerSpec> checkers(Plan plan) {
      return List.of();
    }

    @Override
    public Duration deadline(Plan plan, String f) {
      return Duration.ofMillis(200);
    }
  }

  static class ToyTarget implements Target {
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
      return "one value";
    }

    @Override
    public List<String> patterns() {
      return List.of();
    }

    @Override
    public List<Variant> variants() {
      return List.of(new Variant("correct", "nothing wrong"));
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
      return List.of();
    }

    @Override
    public List<String> interfaces() {
      return List.of("toy");
    }

    @Override
    public Deployment deployment(Setup setup) {
      return new Deployment(List.of(), Duration.ofSeconds(1));
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
      return new Timing(Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    @Override
    public Map<String, String> selectors(String clientInterface) {
      return Map.of("$leader", "leader");
    }

    @Override
    public List<String> anchors(String clientInterface) {
      return List.of("leader");
    }
  }
}
