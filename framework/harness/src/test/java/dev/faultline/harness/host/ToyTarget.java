package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A target without nodes, whose blocking client answers, refuses, throws or hangs as asked. */
public final class ToyTarget implements Target {
  @Override
  public String id() {
    return "toy";
  }

  @Override
  public String kind() {
    return "system";
  }

  @Override
  public String summary() {
    return "answers as asked";
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
    return List.of("toy");
  }

  @Override
  public Deployment deployment(Setup setup) {
    return new Deployment(List.of(), Duration.ofSeconds(1));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new ToyClient();
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

  private static final class ToyClient implements Client.Blocking {
    private int sessions;

    @Override
    public boolean hosted() {
      return true;
    }

    @Override
    public Client.Session open(Client.Context context) {
      int session = ++sessions;
      return new Client.Session() {
        @Override
        public Client.Result invoke(Client.Invocation op) throws Exception {
          return switch (op.f()) {
            case "echo" -> new Client.Result.Ok(op.value());
            case "session" -> new Client.Result.Ok((long) session);
            case "refuse" -> new Client.Result.Fail("asked to");
            case "report" -> {
              context.events().event("granted", Map.of("token", 7L));
              yield new Client.Result.Ok(null);
            }
            case "hang" -> {
              TimeUnit.HOURS.sleep(1);
              yield new Client.Result.Ok(null);
            }
            default -> throw new IllegalStateException("no " + op.f());
          };
        }

        @Override
        public void close() {}
      };
    }
  }
}
