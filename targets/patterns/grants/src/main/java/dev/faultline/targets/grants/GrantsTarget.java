package dev.faultline.targets.grants;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.node.Node;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leases with fencing, as something to test. */
public final class GrantsTarget implements Target {
  /** The rate error that holders leave a margin for: 5 %, far more than any quartz. */
  private static final long RATE_ERROR_PPM = 50_000;

  private static final int HOLDERS = 3;

  @Override
  public String id() {
    return "grants";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "a lease server, three holders, and a log that checks their tokens";
  }

  @Override
  public List<String> patterns() {
    return List.of("Lease", "Generation Clock");
  }

  @Override
  public List<Variant> variants() {
    return Arrays.stream(Defect.values()).map(GrantsTarget::variant).toList();
  }

  private static Variant variant(Defect defect) {
    boolean needsFaults = defect == Defect.NO_FENCING || defect == Defect.WALL_CLOCK_SERVER;
    return new Variant(defect.variant(), defect.summary(), breaches(defect), needsFaults);
  }

  private static List<Breach> breaches(Defect defect) {
    String[] clocks = {
      "clock.step", "clock.strobe", "clock.freeze", "all", "plan:grants-wall-clock-server"
    };
    String[] restarts = {"kill", "all", "plan:grants-token-reuse"};
    return switch (defect) {
      case NONE -> List.of();
      case NO_FENCING ->
          List.of(
              Breach.of(
                  "fence.resource-order", "pause", "partition", "all", "plan:grants-no-fencing"));
      case WALL_CLOCK_SERVER ->
          List.of(
              Breach.of("lease.minimum-term", clocks), Breach.of("lease.belief-exclusive", clocks));
      case TTL_FROM_RESPONSE ->
          List.of(
              Breach.of(
                  "lease.belief-exclusive",
                  "link.latency",
                  "link.latency+partition",
                  "all",
                  "plan:grants-ttl-from-response"));
      case NO_LOCAL_EXPIRY ->
          List.of(
              Breach.of(
                  "lease.belief-exclusive",
                  "partition",
                  "link.latency",
                  "pause",
                  "all",
                  "plan:grants-no-local-expiry"));
      case TOKEN_REUSE ->
          List.of(
              Breach.of("lease.token-order", restarts),
              Breach.of("lease.one-holder-per-token", restarts),
              // The log refuses all until the tokens are again as far as they were.
              Breach.of("live.progress"));
    };
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("ttl", "1s", List.of(), "a lease's term"),
        new Option(
            "rate-error-ppm",
            Long.toString(RATE_ERROR_PPM),
            List.of(),
            "rate error of clocks that holders leave a margin for"),
        new Option(
            "time-path",
            "false",
            List.of("false", "true"),
            "whether the server's wall clock follows the run's time server"));
  }

  @Override
  public List<Claim> claims() {
    // All of link but link.reorder: who asks here asks one thing at a time, so nothing is overtaken
    // and the promise could not be tested.
    String[] all = {
      "partition",
      "link.latency",
      "link.jitter",
      "link.bandwidth",
      "link.reset",
      "link.hang",
      "link.slow-close",
      "link.reset-after",
      "link.slice",
      "link.corrupt",
      "link.loss",
      "link.duplicate",
      "pause",
      "kill",
      "stop",
      "disk.stall",
      "disk.full",
      "disk.slow",
      "clock"
    };
    return List.of(
        Claim.of("fence.resource-order", "Burrows, Chubby, OSDI 2006, section 2.4", all),
        Claim.of("lease.token-order", "LeaseServer: tokens are on disk before they are told", all),
        Claim.of("lease.one-holder-per-token", "LeaseServer: a token is given out once", all),
        Claim.of("live.progress", "LeaseServer: a term that nobody renews ends", all),
        byRate("lease.minimum-term", "Gray and Cheriton, Leases, SOSP 1989, section 2", all),
        byRate("lease.belief-exclusive", "Gray and Cheriton, Leases, section 5, on clocks", all));
  }

  /** A promise that depends on how fast clocks run; both kinds of node count by monotonic time. */
  private static Claim byRate(String property, String source, String... under) {
    return new Claim(
        property,
        List.of(under),
        RATE_ERROR_PPM,
        Map.of("rate-error-ppm", List.of(Long.toString(RATE_ERROR_PPM))),
        source);
  }

  @Override
  public List<String> environments() {
    return List.of("local", "containers", "sim");
  }

  @Override
  public List<String> interfaces() {
    return List.of("fenced-log");
  }

  @Override
  public Deployment deployment(Setup setup) {
    int holders = setup.nodes() == 0 ? HOLDERS : setup.nodes() - 2;
    if (holders < 1) {
      throw new IllegalArgumentException(
          "--nodes " + setup.nodes() + ": needs a server, a log and a holder, so at least 3");
    }
    Duration unused = Settings.ttl(setup.option("ttl"));
    boolean timePath = setup.option("time-path").equals("true");
    List<Deployment.NodeSpec> nodes = new ArrayList<>();
    nodes.add(node("server", "server", LeaseServer.class, setup, timePath));
    nodes.add(node("log", "log", FencedLog.class, setup, false));
    for (int i = 1; i <= holders; i++) {
      nodes.add(node("h" + i, "holder", Holder.class, setup, false));
    }
    return new Deployment(nodes, Duration.ofSeconds(30));
  }

  private static Deployment.NodeSpec node(
      String id, String role, Class<? extends Node> type, Setup setup, boolean timePath) {
    Map<String, String> options =
        Map.of(
            "variant", setup.variant(),
            "ttl", setup.option("ttl"),
            "rate-error-ppm", setup.option("rate-error-ppm"));
    return new Deployment.NodeSpec(id, role, new Deployment.Kit(type, options, timePath));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new GrantsClient();
  }

  @Override
  public Timing timing(Setup setup) {
    Duration ttl = Settings.ttl(setup.option("ttl"));
    return new Timing(ttl, ttl.multipliedBy(5).plusSeconds(10));
  }

  @Override
  public List<Goal> goals() {
    return List.of(
        new Goal(
            "lease-expired",
            "the server let a lease expire",
            h -> h.nodeEvents().stream().anyMatch(e -> e.name().equals("expired"))),
        new Goal(
            "expired-at-work",
            "a lease expired after its holder had begun to work under it",
            GrantsTarget::expiredAtWork));
  }

  private static boolean expiredAtWork(History history) {
    Set<Object> working = new LinkedHashSet<>();
    for (Entry.Node event : history.nodeEvents()) {
      Object token = event.facts().get("token");
      if (token != null && event.name().equals("working")) {
        working.add(token);
      } else if (event.name().equals("expired") && working.contains(token)) {
        return true;
      }
    }
    return false;
  }

  /** Whoever held the lease may be cut off: then its term must end first. */
  @Override
  public Liveness liveness(Setup setup) {
    return new Liveness(
        Settings.ttl(setup.option("ttl")).multipliedBy(6),
        List.of("acquire", "write"),
        false,
        healed -> healed.containsAll(List.of("server", "log")) && healed.size() > 2);
  }

  @Override
  public boolean stores(String role) {
    return !role.equals("holder");
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return Map.of("$holder", "working");
  }

  @Override
  public List<String> anchors(String clientInterface) {
    return List.of("working", "granted");
  }
}
