package dev.faultline.targets.register;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The quorum register as something to test. */
public final class RegisterTarget implements Target {
  private static final int NODES = 3;
  private static final String LINEARIZABLE = "linearizable";
  private static final String PROGRESS = "live.progress";

  @Override
  public String id() {
    return "register";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "registers replicated by quorums (ABD), three nodes";
  }

  @Override
  public List<String> patterns() {
    return List.of("Replication", "Quorum");
  }

  @Override
  public List<Variant> variants() {
    return Arrays.stream(dev.faultline.targets.register.Variant.values())
        .map(v -> new Variant(v.id(), v.summary(), breaches(v), false))
        .toList();
  }

  private static List<Breach> breaches(dev.faultline.targets.register.Variant variant) {
    return switch (variant) {
      case CORRECT -> List.of();
      case NO_WRITE_BACK ->
          List.of(Breach.of(LINEARIZABLE, "kill", "all", "plan:register-no-write-back"));
      case READ_LOCAL ->
          List.of(Breach.of(LINEARIZABLE, "none", "partition", "link.latency", "kill", "all"));
      case WAITS_FOR_ALL -> List.of(Breach.of(PROGRESS, "none", "partition", "kill", "all"));
    };
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("cas", "false", List.of("false"), "quorums alone cannot compare and set"),
        // Reads find what is wrong here; and a value must last until a second read meets it.
        new Option("writes", "10", List.of(), "share of operations that write, percent"));
  }

  @Override
  public List<Claim> claims() {
    String[] all = {
      "partition", "link", "pause", "kill", "stop", "disk.stall", "disk.full", "disk.slow", "clock"
    };
    String source = "Attiya, Bar-Noy, Dolev 1995, theorem on atomic registers";
    return List.of(
        Claim.of(LINEARIZABLE, source + "; disks keep what was synced", all),
        Claim.of(PROGRESS, source + "; a majority is connected", all));
  }

  @Override
  public List<String> environments() {
    return List.of("local", "containers", "sim");
  }

  @Override
  public List<String> interfaces() {
    return List.of("register");
  }

  @Override
  public Deployment deployment(Setup setup) {
    int nodes = setup.nodes() == 0 ? NODES : setup.nodes();
    Map<String, String> options = Map.of("variant", setup.variant());
    return new Deployment(
        IntStream.rangeClosed(1, nodes)
            .mapToObj(i ->
                new Deployment.NodeSpec(
                    "n" + i, "node", new Deployment.Kit(RegisterNode.class, options, false)))
            .toList(),
        Duration.ofSeconds(30));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new RegisterClient();
  }

  @Override
  public Timing timing(Setup setup) {
    // Nobody is ever given up; half a second is long against a round trip.
    return new Timing(Duration.ofMillis(500), Duration.ofSeconds(15));
  }

  /** A round trip or four; each node carries out what its own clients ask. */
  @Override
  public Liveness liveness(Setup setup) {
    int nodes = setup.nodes() == 0 ? NODES : setup.nodes();
    return new Liveness(
        Duration.ofSeconds(5), List.of("write", "read"), true, healed -> healed.size() > nodes / 2);
  }

  @Override
  public List<Goal> goals() {
    return List.of(
        new Goal(
            "outcome-unknown",
            "a write's outcome stayed unknown",
            h -> h.operations().stream().anyMatch(o -> o.f().equals("write") && !o.ok())),
        new Goal(
            "stored-by-two",
            "two nodes stored values of their clients",
            h ->
                h.nodeEvents().stream()
                        .filter(e -> e.name().equals("stored"))
                        .map(dev.faultline.history.Entry.Node::node)
                        .distinct()
                        .count()
                    > 1));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return Map.of("$writer", "stored");
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return List.of("stored");
  }
}
