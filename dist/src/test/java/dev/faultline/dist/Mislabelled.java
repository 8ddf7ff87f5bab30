package dev.faultline.dist;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import dev.faultline.targets.register.RegisterTarget;
import java.util.List;
import java.util.Map;

/** The register with its last variant sold as the correct one, and the correct one as broken. */
public final class Mislabelled implements Target {
  private final Target register = new RegisterTarget();

  @Override
  public String id() {
    return "mislabelled";
  }

  @Override
  public List<Variant> variants() {
    List<Variant> real = register.variants();
    return List.of(
        new Variant(real.get(real.size() - 1).name(), "said to be correct"),
        new Variant(
            real.get(0).name(),
            "said to be broken",
            List.of(Breach.of("linearizable", "none")),
            false),
        new Variant(real.get(1).name(), "says nothing"));
  }

  @Override
  public String kind() {
    return register.kind();
  }

  @Override
  public String summary() {
    return register.summary();
  }

  @Override
  public List<String> patterns() {
    return register.patterns();
  }

  @Override
  public List<Option> options() {
    return register.options();
  }

  @Override
  public List<Claim> claims() {
    return register.claims();
  }

  @Override
  public List<String> environments() {
    return register.environments();
  }

  @Override
  public List<String> interfaces() {
    return register.interfaces();
  }

  @Override
  public Deployment deployment(Setup setup) {
    return register.deployment(setup);
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return register.client(clientInterface, setup);
  }

  @Override
  public Timing timing(Setup setup) {
    return register.timing(setup);
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return register.selectors(clientInterface);
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return register.anchors(clientInterface);
  }
}
