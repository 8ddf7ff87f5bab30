package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.json.Durations;
import dev.faultline.spec.Claim;
import dev.faultline.workloads.register.RegisterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Redis, one server or three with three sentinels. One server that syncs each write keeps what it
 * acknowledged; a failover keeps what the new master happened to have, so that nothing is claimed
 * of it but that nobody crashes.
 */
public final class RedisTarget implements Target {
  private static final List<String> FAULTS = List.of("partition", "link", "pause", "kill");
  private static final List<String> OF_DATA =
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
          "queue.no-false-empty");

  @Override
  public String id() {
    return "redis";
  }

  @Override
  public String kind() {
    return "system";
  }

  @Override
  public String summary() {
    return "Redis 7.0, a key-value store in memory, alone or under Sentinel";
  }

  @Override
  public List<String> patterns() {
    return List.of("Leader and Followers", "Lease", "Replicated Log");
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "topology",
            "single",
            List.of("single", "sentinel"),
            "one server, or three servers and three sentinels"),
        new Option(
            "follow",
            "sentinel",
            List.of("sentinel", "pinned"),
            "clients ask the master that their node's sentinel names, or their node's server"),
        new Option("wait", "0", List.of(), "replicas that must confirm a write (WAIT)"),
        new Option("min-replicas", "0", List.of(), "min-replicas-to-write of each server"),
        new Option("lock-ttl", "10s", List.of(), "how long a lock lives (SET NX PX)"));
  }

  @Override
  public List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    for (String property : OF_DATA) {
      claims.add(
          new Claim(
              property,
              FAULTS,
              Long.MAX_VALUE,
              Map.of("topology", List.of("single")),
              "redis.io, docs, persistence: 'appendfsync always' writes each command down before it"
                  + " is acknowledged; transactions: commands are carried out one by one"));
      claims.add(
          new Claim(
              property,
              List.of(),
              Long.MAX_VALUE,
              Map.of("topology", List.of("sentinel"), "follow", List.of("sentinel")),
              "redis.io, docs, sentinel: no guarantee that acknowledged writes are retained during"
                  + " failures, so of a run without any"));
    }
    claims.add(
        new Claim(
            "lock.exclusive",
            FAULTS,
            Long.MAX_VALUE,
            Map.of("topology", List.of("single")),
            "redis.io, docs, distributed locks: correct with a single instance, as long as clocks"
                + " run at about the same rate"));
    claims.add(
        Claim.of(
            "node.no-crash", "a server does not end by itself", FAULTS.toArray(String[]::new)));
    return claims;
  }

  @Override
  public List<String> environments() {
    return List.of("containers");
  }

  @Override
  public List<String> interfaces() {
    return List.of(
        "register",
        "cas-register",
        "set",
        "counter",
        "unique-ids",
        "queue",
        "lock",
        "locked-counter");
  }

  @Override
  public Deployment deployment(Setup setup) {
    return Processes.deployment(setup);
  }

  @Override
  public Client client(String clientInterface, Setup setup) {
    Client.Blocking client = blocking(clientInterface, setup);
    Map<String, Set<String>> reasons = new TreeMap<>();
    for (String f : List.of("write", "add", "generate", "enqueue", "dequeue")) {
      reasons.put(f, Operations.failures());
    }
    reasons.put("read", Operations.failures(Operations.NOT_SETTLED));
    // The script compared, and wrote nothing; a script is one step (redis.io, docs, EVAL scripts).
    reasons.put("cas", Operations.failures(RegisterSession.MISMATCH));
    reasons.put("acquire", Operations.failures(Locks.ANOTHERS));
    reasons.put("release", Operations.failures(Locks.NOT_HELD));
    reasons.put("increment", Operations.failures(LockedCounter.NO_LOCK));
    return client.failing(reasons);
  }

  private Client.Blocking blocking(String clientInterface, Setup setup) {
    return switch (clientInterface) {
      case "register", "cas-register" -> Client.Blocking.inHarness(Registers::new);
      case "set" -> Client.Blocking.inHarness(Sets::new);
      case "counter", "unique-ids" -> Client.Blocking.inHarness(Counters::new);
      case "queue" -> Client.Blocking.inHarness(Queues::new);
      // In hosts, so that a holder can be paused.
      case "lock" -> {
        Duration ttl = time(setup, "lock-ttl");
        yield Client.Blocking.inHosts(context -> new Locks(context, ttl));
      }
      case "locked-counter" -> {
        Duration ttl = time(setup, "lock-ttl");
        Duration work = time(setup, "work");
        yield Client.Blocking.inHosts(context -> new LockedCounter(context, ttl, work));
      }
      default ->
          throw new IllegalArgumentException(
              "redis has no client interface '" + clientInterface + "'; it has " + interfaces());
    };
  }

  /**
   * Sentinel gives a master up after 2 s, and makes an old one a replica about 10 s after a cut.
   */
  @Override
  public Timing timing(Setup setup) {
    return setup.option("topology").equals("single")
        ? new Timing(Duration.ofSeconds(1), Duration.ofSeconds(15))
        : new Timing(Duration.ofSeconds(2), Duration.ofSeconds(40));
  }

  private static Duration time(Setup setup, String option) {
    return Durations.parse(setup.option(option));
  }

  @Override
  public Map<String, String> selectors(String clientInterface) {
    return clientInterface.startsWith("lock")
        ? Map.of("$master", "master", "$holder", "holding")
        : Map.of("$master", "master");
  }

  /** Masters change only when faults have done their work, so nothing can wait for that. */
  @Override
  public List<String> anchors(String clientInterface) {
    return clientInterface.startsWith("lock") ? List.of("holding") : List.of();
  }
}
