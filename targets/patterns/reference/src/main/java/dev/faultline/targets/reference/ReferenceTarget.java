package dev.faultline.targets.reference;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every standard workload's interface, by one primary; it promises all of them everything. */
public final class ReferenceTarget implements Target {
  private static final int NODES = 3;
  private static final String PROGRESS = "live.progress";

  /** What each interface's clients must see after a heal; others have nothing to see. */
  private static final Map<String, List<String>> FUNCTIONS = new LinkedHashMap<>();

  static {
    FUNCTIONS.put("register", List.of("write", "read"));
    FUNCTIONS.put("cas-register", List.of("write", "read"));
    FUNCTIONS.put("set", List.of("add", "read"));
    FUNCTIONS.put("counter", List.of("add", "read"));
    FUNCTIONS.put("unique-ids", List.of("generate"));
    FUNCTIONS.put("queue", List.of("enqueue", "dequeue"));
    FUNCTIONS.put("append-log", List.of("append", "read"));
    FUNCTIONS.put("bank", List.of("read"));
    FUNCTIONS.put("watch", List.of("put", "watch"));
    FUNCTIONS.put("lock", List.of("acquire"));
    FUNCTIONS.put("leader", List.of());
  }

  @Override
  public String id() {
    return "reference";
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public String summary() {
    return "every standard workload's objects on one primary, two nodes forward to it";
  }

  @Override
  public List<String> patterns() {
    return List.of("Leader and Followers", "Write-Ahead Log", "Idempotent Receiver");
  }

  @Override
  public List<Variant> variants() {
    return Arrays.stream(Defect.values()).map(ReferenceTarget::variant).toList();
  }

  private static Variant variant(Defect defect) {
    return switch (defect) {
      case NONE -> new Variant(defect.variant(), defect.summary());
      case CACHED_READS -> broken(defect, false, Breach.of("linearizable", "none", "all"));
      case BLIND_CAS -> broken(defect, false, Breach.of("linearizable", "none", "all"));
      case FORGETS_ADDS ->
          broken(
              defect,
              true,
              Breach.of("set.no-lost-add", "kill", "all"),
              Breach.of("set.linearizable", "kill", "all"));
      case DOUBLES_ADDS ->
          broken(defect, true, Breach.of("counter.within-bounds", "link.duplicate"));
      case FORGETS_IDS -> broken(defect, true, Breach.of("ids.unique", "kill", "all"));
      case REDELIVERS ->
          broken(
              defect,
              true,
              Breach.of("queue.no-duplicate", "kill", "all"),
              Breach.of("queue.fifo"),
              Breach.of("queue.no-false-empty"));
      case EARLY_APPENDS ->
          broken(
              defect,
              true,
              Breach.of("log.no-lost-append", "kill.lose-unsynced"),
              Breach.of("log.agreement"),
              Breach.of("log.order"));
      case GIVES_LATER -> broken(defect, false, Breach.of("bank.total", "none", "all"));
      case RESUMES_LATE -> broken(defect, false, Breach.of("watch.no-gap", "none", "all"));
      case OWN_LOCKS -> broken(defect, false, Breach.of("lock.exclusive", "none", "all"));
      case RESIGNS_LATE ->
          broken(
              defect,
              false,
              Breach.of("leader.no-overlapping-belief", "link.latency", "partition", "all"));
    };
  }

  private static Variant broken(Defect defect, boolean needsFaults, Breach... breaches) {
    return new Variant(
        defect.variant(), defect.summary(), List.of(breaches), needsFaults, defect.workload());
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "resigns", "100", List.of(), "share of operations that give leadership up, per mille"));
  }

  /** All that it bears; what was synced stays, and a flipped byte in it nobody finds. */
  @Override
  public List<Claim> claims() {
    String[] all = {
      "partition", "link", "pause", "kill", "stop", "disk.stall", "disk.full", "disk.slow", "clock"
    };
    List<Claim> claims = new ArrayList<>();
    for (String property :
        List.of(
            "linearizable",
            "set.no-lost-add",
            "set.no-phantom",
            "set.linearizable",
            "counter.within-bounds",
            "ids.unique",
            "queue.no-lost",
            "queue.no-phantom",
            "queue.no-duplicate",
            "queue.fifo",
            "queue.no-false-empty",
            "log.no-lost-append",
            "log.agreement",
            "log.order",
            "log.no-phantom",
            "log.no-hole",
            "log.no-duplicate",
            "bank.total",
            "watch.no-gap",
            "watch.order",
            "watch.faithful",
            "lock.exclusive",
            "leader.no-overlapping-belief")) {
      claims.add(Claim.of(property, "ReferenceNode: everything takes effect at one node", all));
    }
    claims.add(Claim.of(PROGRESS, "ReferenceNode: the primary answers who reaches it", all));
    return List.copyOf(claims);
  }

  @Override
  public List<String> environments() {
    return List.of("local", "containers", "sim");
  }

  @Override
  public List<String> interfaces() {
    return List.copyOf(FUNCTIONS.keySet());
  }

  @Override
  public Deployment deployment(Setup setup) {
    int nodes = setup.nodes() == 0 ? NODES : setup.nodes();
    Map<String, String> options = Map.of("variant", setup.variant());
    return new Deployment(
        IntStream.rangeClosed(1, nodes)
            .mapToObj(i ->
                new Deployment.NodeSpec(
                    "n" + i,
                    i == 1 ? ReferenceNode.PRIMARY : "forwarder",
                    new Deployment.Kit(ReferenceNode.class, options, false)))
            .toList(),
        Duration.ofSeconds(30));
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    return new ReferenceClient(clientInterface);
  }

  @Override
  public Timing timing(Setup setup) {
    // Nobody is ever given up; half a second is long against a round trip.
    return new Timing(Duration.ofMillis(500), Duration.ofSeconds(15));
  }

  /** A round trip or two; a lock is passed on only by clients that are not cut off. */
  @Override
  public @Nullable Liveness liveness(String clientInterface, Setup setup) {
    List<String> functions = FUNCTIONS.getOrDefault(clientInterface, List.of());
    boolean lock = clientInterface.equals("lock");
    int nodes = setup.nodes() == 0 ? NODES : setup.nodes();
    return functions.isEmpty()
        ? null
        : new Liveness(
            Duration.ofSeconds(5),
            functions,
            !lock,
            healed -> healed.contains("n1") && (!lock || healed.size() == nodes));
  }

  @Override
  public boolean stores(String role) {
    return role.equals(ReferenceNode.PRIMARY);
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return clientInterface.equals("leader") ? Map.of() : Map.of("$primary", "applied");
  }

  /** None: all that matters happens at the primary, which has a name. */
  @Override
  public List<String> anchors(String clientInterface) {
    return List.of();
  }
}
