package dev.faultline.targets.etcd;

import dev.faultline.harness.Administration;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * etcd's membership and leadership, by its own API: {@code remove} takes a member out and, at the
 * end, lets it join as a new one with an empty disk; {@code replace} does both at once; {@code
 * transfer} hands the leadership to another member.
 */
final class EtcdAdministration implements Administration {
  /** Tells a server that starts that it is a new member of a cluster that exists. */
  static final String REJOIN = "rejoin";

  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final Duration SETTLED = Duration.ofSeconds(20);

  private static final Duration JOINS = Duration.ofSeconds(6);

  /** How often a server that does not join is started in all. */
  private static final int STARTS = 4;

  private static final Duration EVERY = Duration.ofMillis(100);
  private static final String REPLACE = "replace";
  private static final String TRANSFER = "transfer";

  private final String data;
  private final Map<String, String> peerUrls;
  private final Duration joins;

  EtcdAdministration(String data, Map<String, String> peerUrls) {
    this(data, peerUrls, JOINS);
  }

  /**
   * @param joins how long a server that joins may take before it is started again
   */
  EtcdAdministration(String data, Map<String, String> peerUrls, Duration joins) {
    this.data = data;
    this.peerUrls = new LinkedHashMap<>(peerUrls);
    this.joins = joins;
  }

  @Override
  public Set<String> actions() {
    return Set.of("remove", REPLACE, TRANSFER);
  }

  @Override
  public Map<String, @Nullable Object> begin(String action, String node, Access access)
      throws Exception {
    if (action.equals(TRANSFER)) {
      return transfer(node, access);
    }
    Map<String, @Nullable Object> proof = remove(node, access);
    if (action.equals(REPLACE)) {
      proof.putAll(join(node, access));
    }
    return proof;
  }

  @Override
  public Map<String, @Nullable Object> end(String action, String node, Access access)
      throws Exception {
    return switch (action) {
      case TRANSFER -> new LinkedHashMap<>(Map.of("leader", leader(node, access)));
      case REPLACE -> new LinkedHashMap<>(Map.of("members", members(other(node, access)).size()));
      default -> join(node, access);
    };
  }

  private Map<String, @Nullable Object> remove(String node, Access access) throws Exception {
    // While it runs: a server that is told to go ends itself, and it could no longer be written to.
    access.execute(node, "touch", data + "/" + REJOIN);
    access.kill(node);
    try (Gateway gateway = other(node, access)) {
      Map<String, String> before = members(gateway);
      String id = before.get(node);
      if (id == null) {
        throw new EnvironmentException(node + " is no member: " + before.keySet());
      }
      // Without it there may be no leader for a while.
      retry(() -> remove(gateway, id));
      Map<String, String> after = members(gateway);
      if (after.containsValue(id)) {
        throw new EnvironmentException(node + " is a member still: " + after.keySet());
      }
      Map<String, @Nullable Object> proof = new LinkedHashMap<>();
      proof.put("membersBefore", List.copyOf(before.keySet()));
      proof.put("members", List.copyOf(after.keySet()));
      return proof;
    }
  }

  /** Removes a member, unless a request whose answer was lost has done so already. */
  private static JsonView remove(Gateway gateway, String id)
      throws IOException, InterruptedException {
    JsonView members = gateway.call("/v3/cluster/member/list", Map.of(), WITHIN);
    return members.get("members").list().stream().noneMatch(m -> m.get("ID").string().equals(id))
        ? members
        : gateway.call("/v3/cluster/member/remove", Map.of("ID", id), WITHIN);
  }

  private Map<String, @Nullable Object> join(String node, Access access) throws Exception {
    try (Gateway gateway = other(node, access)) {
      String url = String.valueOf(peerUrls.get(node));
      retry(() -> add(gateway, url));
      access.restart(node);
      int starts = 1;
      Map<String, String> members = joined(gateway, node);
      while (!members.containsKey(node) && starts < STARTS) {
        starts++;
        again(node, access);
        members = joined(gateway, node);
      }
      if (!members.containsKey(node)) {
        throw new EnvironmentException("etcd: " + node + " has not joined: " + members.keySet());
      }
      Map<String, @Nullable Object> proof = new LinkedHashMap<>();
      proof.put("starts", (long) starts);
      proof.put("joined", List.copyOf(members.keySet()));
      proof.put("memberId", String.valueOf(members.get(node)));
      return proof;
    }
  }

  /** Adds a member at an address, unless a request whose answer was lost has done so already. */
  private static JsonView add(Gateway gateway, String url)
      throws IOException, InterruptedException {
    JsonView members = gateway.call("/v3/cluster/member/list", Map.of(), WITHIN);
    for (JsonView member : members.get("members").list()) {
      JsonView urls = member.find("peerURLs");
      if (urls != null && urls.strings().contains(url)) {
        return members;
      }
    }
    return gateway.call("/v3/cluster/member/add", Map.of("peerURLs", List.of(url)), WITHIN);
  }

  /**
   * A message that was meant for the member before it, at the same address, ends a new one whose
   * log is empty ("tocommit is out of range": etcd 3.4 does not look at whom a message is for); a
   * server that is started again goes on. One that is only slow cannot be started, which is well.
   */
  private static void again(String node, Access access) {
    try {
      access.restart(node);
    } catch (EnvironmentException alive) {
      // What is wrong with it shows in that it does not join.
    }
  }

  /** The members, as soon as a node has a name among them, or at last without it. */
  private Map<String, String> joined(Gateway gateway, String node)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + joins.toNanos();
    Predicate<Map<String, String>> enough = all -> all.containsKey(node) || System.nanoTime() > end;
    return await(() -> members(gateway), enough, node + " has not joined");
  }

  private static Map<String, @Nullable Object> transfer(String node, Access access)
      throws Exception {
    String before = leader(node, access);
    if (!before.equals(node)) {
      throw new EnvironmentException(node + " does not lead, " + before + " does");
    }
    String heir = access.nodes().stream().filter(n -> !n.equals(node)).findFirst().orElse(node);
    try (Gateway gateway = new Gateway(access.client(node))) {
      String id = String.valueOf(members(gateway).get(heir));
      JsonView unused =
          gateway.call("/v3/maintenance/transfer-leadership", Map.of("targetID", id), WITHIN);
    }
    String after = await(() -> leader(node, access), l -> !l.equals(node), node + " leads still");
    Map<String, @Nullable Object> proof = new LinkedHashMap<>();
    proof.put("leaderBefore", before);
    proof.put("leader", after);
    return proof;
  }

  /** The name of whom a server takes for the leader; empty if nobody. */
  private static String leader(String node, Access access)
      throws IOException, InterruptedException {
    try (Gateway gateway = new Gateway(access.client(node))) {
      JsonView leader = gateway.call("/v3/maintenance/status", Map.of(), WITHIN).find("leader");
      String id = leader == null ? "" : leader.string();
      for (Map.Entry<String, String> member : members(gateway).entrySet()) {
        if (member.getValue().equals(id)) {
          return member.getKey();
        }
      }
      return "";
    }
  }

  /** Members by name; one that has not started has the name {@code (new)}. */
  private static Map<String, String> members(Gateway gateway)
      throws IOException, InterruptedException {
    Map<String, String> members = new LinkedHashMap<>();
    for (JsonView member :
        gateway.call("/v3/cluster/member/list", Map.of(), WITHIN).get("members").list()) {
      JsonView name = member.find("name");
      members.put(name == null ? "(new)" : name.string(), member.get("ID").string());
    }
    return members;
  }

  /** A server that answers, but for one. */
  private static Gateway other(String node, Access access)
      throws IOException, InterruptedException {
    IOException last = new IOException("no other server");
    for (String other : access.nodes()) {
      if (!other.equals(node)) {
        Gateway gateway = new Gateway(access.client(other));
        try {
          gateway.greet();
          return gateway;
        } catch (IOException e) {
          gateway.close();
          last = e;
        }
      }
    }
    throw last;
  }

  private interface Asking<T> {
    T ask() throws IOException, InterruptedException;
  }

  private static void retry(Asking<JsonView> asking) throws IOException, InterruptedException {
    JsonView unused = await(asking, answer -> true, "no answer");
  }

  private static <T> T await(Asking<T> asking, Predicate<T> wanted, String problem)
      throws InterruptedException {
    long end = System.nanoTime() + SETTLED.toNanos();
    String last = problem;
    while (System.nanoTime() < end) {
      try {
        T answer = asking.ask();
        if (wanted.test(answer)) {
          return answer;
        }
        last = problem + ": " + answer;
      } catch (IOException e) {
        last = problem + ": " + e.getMessage();
      }
      TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
    }
    throw new EnvironmentException("etcd: " + last);
  }
}
